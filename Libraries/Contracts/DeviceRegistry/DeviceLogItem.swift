import HTTPTypes

/// A line of a phone's log, and what it means.
public struct DeviceLogItem: Codable, Hashable, Sendable {
    /// When it came.
    public var at: Instant
    /// The line, secrets masked.
    public var line: String
    /// What it is about.
    public var kind: DeviceLogKind
    /// What it means.
    public var meaning: String
    /// What to do about it.
    public var remedy: String
    /// The pass type that it names.
    public var passTypeIdentifier: PassTypeIdentifier?
    /// The pass that it names.
    public var serialNumber: SerialNumber?

    /// Makes an item.
    public init(
        at: Instant, line: String, kind: DeviceLogKind, meaning: String, remedy: String,
        passTypeIdentifier: PassTypeIdentifier? = nil, serialNumber: SerialNumber? = nil
    ) {
        self.at = at
        self.line = line
        self.kind = kind
        self.meaning = meaning
        self.remedy = remedy
        self.passTypeIdentifier = passTypeIdentifier
        self.serialNumber = serialNumber
    }
}
