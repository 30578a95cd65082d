import HTTPTypes

/// One step in the life of a pass, as the service that saw it tells it.
public struct PassEvent: Codable, Hashable, Sendable {
    /// When it happened.
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
}
