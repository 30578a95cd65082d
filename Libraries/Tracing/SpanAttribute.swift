/// Something that is told of a step; never a secret, a token, a path that may hold one, or personal data.
public struct SpanAttribute: Sendable, Hashable {
    /// What an attribute may be.
    public enum Value: Sendable, Hashable {
        /// A text.
        case text(String)
        /// A whole number.
        case number(Int)
    }

    /// The name, by OpenTelemetry's semantic conventions or beginning with `wallet.`.
    public let name: String
    /// The value.
    public let value: Value

    /// A text.
    public static func text(_ name: String, _ text: String) -> SpanAttribute {
        SpanAttribute(name: name, value: .text(text))
    }

    /// A whole number.
    public static func number(_ name: String, _ number: Int) -> SpanAttribute {
        SpanAttribute(name: name, value: .number(number))
    }
}
