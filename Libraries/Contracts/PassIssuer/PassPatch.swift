import JSON

/// A merge patch (RFC 7396) of a pass.
public struct PassPatch: Codable, Hashable, Sendable {
    /// Changes of the person's data; null removes them all.
    public var contact: Field<JSONObject>
    /// Changes of the voucher's data; null removes them all.
    public var voucher: Field<JSONObject>
    /// Whether the pass is no longer good; null is false.
    public var voided: Field<Bool>

    /// Makes a patch.
    public init(
        contact: Field<JSONObject> = .absent, voucher: Field<JSONObject> = .absent, voided: Field<Bool> = .absent
    ) {
        self.contact = contact
        self.voucher = voucher
        self.voided = voided
    }
}
