/// A value that never shows in a log, an error or a debugger's dump.
public struct Secret<Value> {
    /// The value itself; whoever reads it answers for where it goes.
    public let value: Value

    /// Wraps a value.
    public init(_ value: Value) {
        self.value = value
    }
}

extension Secret: Sendable where Value: Sendable {}

extension Secret: Decodable where Value: Decodable {
    /// Reads the bare value.
    public init(from decoder: any Decoder) throws {
        value = try Value(from: decoder)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The same word whatever the value is.
    public var description: String { "«secret»" }

    /// The same word whatever the value is.
    public var debugDescription: String { description }

    /// A mirror without children, for `dump` and string interpolation of what holds a secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
