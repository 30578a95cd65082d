/// What has changed for a device.
public struct SerialNumbersAnswer: Codable, Hashable, Sendable {
    /// The passes that changed.
    public var serialNumbers: [SerialNumber]
    /// What the device asks with the next time.
    public var lastUpdated: UpdateTag

    /// Makes an answer.
    public init(serialNumbers: [SerialNumber], lastUpdated: UpdateTag) {
        self.serialNumbers = serialNumbers
        self.lastUpdated = lastUpdated
    }
}
