/// What a delivery of changed passes reached.
public struct PassUpdatesAnswer: Codable, Hashable, Sendable {
    /// How many passes got a new tag.
    public var passes: Int
    /// How many devices are pushed.
    public var devices: Int

    /// Makes an answer.
    public init(passes: Int, devices: Int) {
        self.passes = passes
        self.devices = devices
    }
}
