/// An error that the server reported.
///
/// Its description never holds the server's text, which may quote stored values.
public struct PostgresServerFault: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The error code.
    public let sqlState: SQLState
    /// `ERROR`, `FATAL` or `PANIC`.
    public let severity: String
    /// The constraint that refused the change.
    public let constraint: String?
    /// The table that is concerned.
    public let table: String?
    /// The column that is concerned.
    public let column: String?
    /// The server's text; it may hold values, so it is not for logs.
    public let message: String

    /// True when the server ends the session with this error.
    var endsSession: Bool { severity == "FATAL" || severity == "PANIC" }

    /// Code, severity and names, safe to log.
    public var description: String {
        var text = "\(severity) \(sqlState)"
        if let constraint { text += ", constraint \(constraint)" }
        if let table { text += ", table \(table)" }
        if let column { text += ", column \(column)" }
        return text
    }

    /// The same as the description.
    public var debugDescription: String { description }

    /// Shows the description alone.
    public var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)](), displayStyle: .struct) }
}
