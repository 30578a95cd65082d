/// The names and values of a query, `+` and `%XX` decoded as browsers do.
public struct QueryItems: Sendable {
    /// Names and values in their order.
    public private(set) var items: [(name: String, value: String)]

    /// Takes the text after the question mark; a name without `=` has an empty value.
    public init(_ query: String = "") {
        items = []
        for part in query.utf8.split(separator: UInt8(ascii: "&")) {
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            let value = part.dropFirst(name.count + 1)
            items.append((PercentEncoding.decodeQuery(name), PercentEncoding.decodeQuery(value)))
        }
    }

    /// Takes names and values that are not encoded.
    public init(_ items: [(String, String)]) {
        self.items = items.map { ($0.0, $0.1) }
    }

    /// The first value of a name.
    public func first(_ name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    /// All values of a name in their order.
    public func values(for name: String) -> [String] {
        items.filter { $0.name == name }.map(\.value)
    }

    /// Whether there is no item.
    public var isEmpty: Bool { items.isEmpty }

    /// The query as text, percent-encoded, without a question mark.
    public var encoded: String {
        items.map { "\(PercentEncoding.encodeQuery($0.name))=\(PercentEncoding.encodeQuery($0.value))" }
            .joined(separator: "&")
    }
}
