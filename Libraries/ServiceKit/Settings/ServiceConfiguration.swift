/// What one service can be told from outside.
public protocol ServiceConfiguration: Sendable {
    /// Reads every setting; the same calls make the service's `--help`.
    init(_ settings: inout Settings)
}
