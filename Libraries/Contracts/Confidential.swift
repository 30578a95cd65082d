/// A secret in a message: it is read and written like its value, but never printed.
public struct Confidential<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    /// The secret itself.
    public let value: Value

    /// Wraps a secret.
    public init(_ value: Value) {
        self.value = value
    }

    /// Reads the value.
    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Value.self)
    }

    /// Writes the value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

extension Confidential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Stands for the secret.
    public var description: String { "«secret»" }

    /// Stands for the secret.
    public var debugDescription: String { description }

    /// Hides the secret from `dump` and from the descriptions of types that hold it.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
