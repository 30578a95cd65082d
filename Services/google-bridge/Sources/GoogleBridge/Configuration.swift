import ServiceKit

/// The service's own settings: none yet beside those that every service has.
public struct Configuration: ServiceConfiguration {
    /// Reads nothing.
    public init(_ settings: inout Settings) {}
}
