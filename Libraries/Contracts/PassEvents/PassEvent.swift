import HTTPTypes

/// One step in the life of a pass, as the service that saw it tells it.
public struct PassEvent: Codable, Hashable, Sendable {
    /// When it happened, to the microsecond: steps of several services follow each other within a second.
    public var at: Instant
    /// What happened.
    public var kind: PassEventKind
    /// What there is to say about it, in words, without personal data.
    public var detail: String
    /// The device, when it concerns one.
    public var deviceLibraryIdentifier: DeviceLibraryIdentifier?

    /// Tells a step.
    public init(
        at: Instant, kind: PassEventKind, detail: String, deviceLibraryIdentifier: DeviceLibraryIdentifier? = nil
    ) {
        self.at = at
        self.kind = kind
        self.detail = detail
        self.deviceLibraryIdentifier = deviceLibraryIdentifier
    }

    private enum CodingKeys: String, CodingKey {
        case at, microseconds, kind, detail, deviceLibraryIdentifier
    }

    /// Reads a step; without `microseconds` it happened at the beginning of its second.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let second = try container.decode(Instant.self, forKey: .at)
        let microseconds = try container.decodeIfPresent(Int.self, forKey: .microseconds) ?? 0
        at = Instant(microseconds: second.microseconds + Int64(min(max(microseconds, 0), 999_999)))
        kind = try container.decode(PassEventKind.self, forKey: .kind)
        detail = try container.decode(String.self, forKey: .detail)
        deviceLibraryIdentifier = try container.decodeIfPresent(
            DeviceLibraryIdentifier.self, forKey: .deviceLibraryIdentifier)
    }

    /// Writes `at` without a fraction, as all instants, and beside it the `microseconds` when there are any.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at, forKey: .at)
        if at.microsecondsOfSecond > 0 { try container.encode(at.microsecondsOfSecond, forKey: .microseconds) }
        try container.encode(kind, forKey: .kind)
        try container.encode(detail, forKey: .detail)
        try container.encodeIfPresent(deviceLibraryIdentifier, forKey: .deviceLibraryIdentifier)
    }
}
