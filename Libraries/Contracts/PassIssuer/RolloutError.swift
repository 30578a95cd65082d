/// Why one pass of a rollout failed.
public struct RolloutError: Codable, Hashable, Sendable {
    /// The line of the mass update, from 1.
    public var line: Int?
    /// The pass, where it is known.
    public var serialNumber: SerialNumber?
    /// Why it failed.
    public var reason: String

    /// Makes an error.
    public init(line: Int? = nil, serialNumber: SerialNumber? = nil, reason: String) {
        self.line = line
        self.serialNumber = serialNumber
        self.reason = reason
    }
}
