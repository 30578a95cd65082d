/// What an access token allows; the contracts define the values.
public struct AccessScope: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The scope's name, as `admin`.
    public let rawValue: String

    /// Takes a scope's name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The scope's name.
    public var description: String { rawValue }
}
