import HTTPTypes

/// Something that happened to a pass, told to pass-issuer by the service that saw it.
public struct PassEventNotice: Codable, Hashable, Sendable {
    /// What a repeat is known by.
    public var id: PassEventID
    /// What happened.
    public var kind: PassEventNoticeKind
    /// The pass.
    public var serialNumber: SerialNumber
    /// When it happened.
    public var at: Instant

    /// Tells it.
    public init(id: PassEventID, kind: PassEventNoticeKind, serialNumber: SerialNumber, at: Instant) {
        self.id = id
        self.kind = kind
        self.serialNumber = serialNumber
        self.at = at
    }

    /// Reads what the service that tells it has stored; nil when a part of it is none of ours.
    public init?(storedID: String, kind: String, serialNumber: String, at: Instant) {
        guard let id = PassEventID(rawValue: storedID), let kind = PassEventNoticeKind(rawValue: kind),
            let serialNumber = SerialNumber(rawValue: serialNumber)
        else { return nil }
        self.init(id: id, kind: kind, serialNumber: serialNumber, at: at)
    }
}
