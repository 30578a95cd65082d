/// The live checks of a wallet configuration.
public struct ConfigurationChecks: Codable, Hashable, Sendable {
    /// The checks, in the order they were made.
    public var checks: [ConfigurationCheck]

    /// Makes an answer.
    public init(checks: [ConfigurationCheck]) {
        self.checks = checks
    }
}
