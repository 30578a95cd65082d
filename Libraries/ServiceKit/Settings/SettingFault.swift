/// One setting that cannot be used, and what to do about it; never holds a secret.
public struct SettingFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The setting's name.
    public let name: String
    /// What is wrong.
    public let detail: String
    /// What the operator should do.
    public let remedy: String

    /// One line for the operator.
    public var description: String { "\(name) \(detail); \(remedy)" }
}
