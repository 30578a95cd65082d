/// On how many devices passes are.
public struct InstallationsAnswer: Codable, Hashable, Sendable {
    /// The number by serial number, in the order that was asked for.
    public var installations: [Int]

    /// Makes an answer.
    public init(installations: [Int]) {
        self.installations = installations
    }
}
