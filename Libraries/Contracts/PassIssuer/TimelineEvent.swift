import HTTPTypes

/// One step in the life of a pass, with the service that saw it.
public struct TimelineEvent: Codable, Hashable, Sendable {
    /// When it happened.
    public var at: Instant
    /// The service that saw it.
    public var service: String
    /// What happened.
    public var kind: PassEventKind
    /// What there is to say about it, in words, without personal data.
    public var detail: String
    /// The device, when it concerns one.
    public var deviceLibraryIdentifier: DeviceLibraryIdentifier?

    /// Tells a step.
    public init(
        at: Instant, service: String, kind: PassEventKind, detail: String,
        deviceLibraryIdentifier: DeviceLibraryIdentifier? = nil
    ) {
        self.at = at
        self.service = service
        self.kind = kind
        self.detail = detail
        self.deviceLibraryIdentifier = deviceLibraryIdentifier
    }
}
