import JSON

/// One line of a mass update: a merge patch of the pass that it names.
public struct PassUpdateLine: Codable, Hashable, Sendable {
    /// The pass.
    public var serialNumber: SerialNumber
    /// Changes of the person's data; null removes them all.
    public var contact: Field<JSONObject>
    /// Changes of the voucher's data; null removes them all.
    public var voucher: Field<JSONObject>
    /// Whether the pass is no longer good; null is false.
    public var voided: Field<Bool>

    /// Makes a line.
    public init(
        serialNumber: SerialNumber, contact: Field<JSONObject> = .absent, voucher: Field<JSONObject> = .absent,
        voided: Field<Bool> = .absent
    ) {
        self.serialNumber = serialNumber
        self.contact = contact
        self.voucher = voucher
        self.voided = voided
    }

    /// What is to change.
    public var patch: PassPatch { PassPatch(contact: contact, voucher: voucher, voided: voided) }
}
