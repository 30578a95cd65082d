import GoogleWalletSchema

/// One of the fourteen types of resources.
public struct ResourceType: Hashable, Sendable, CustomStringConvertible {
    /// The kind of pass.
    public let kind: GoogleKind
    /// Class or object.
    public let level: GoogleLevel

    /// Names a type.
    public init(_ kind: GoogleKind, _ level: GoogleLevel) {
        self.kind = kind
        self.level = level
    }

    /// The type of a path's segment, `genericClass`.
    init?(segment: String) {
        guard let type = Self.all.first(where: { $0.description == segment }) else { return nil }
        self = type
    }

    /// As it stands in paths, `genericClass`.
    public var description: String { kind.resource(level) }

    /// As save links call a list of them, `genericClasses`.
    var listName: String { description + (level == .class ? "es" : "s") }

    /// All fourteen, classes first.
    static let all = GoogleLevel.allCases.flatMap { level in GoogleKind.allCases.map { ResourceType($0, level) } }
}
