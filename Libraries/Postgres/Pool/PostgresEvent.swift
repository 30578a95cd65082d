/// What happens in a pool apart from its answers; safe to log.
public enum PostgresEvent: Sendable, Hashable {
    /// A connection is ready.
    case connected
    /// An attempt to connect failed; libpq's text names the host and the login, never the password.
    case connectFailed(reason: String)
    /// A connection that was ready is gone.
    case disconnected(reason: PostgresDisconnection)
    /// The server sent a notice or a warning, such as `WARNING 25P01`.
    case notice(severity: String, sqlState: SQLState)
}

/// Why a connection is gone.
public enum PostgresDisconnection: Sendable, Hashable {
    /// The server ended the session with this code.
    case session(SQLState)
    /// The socket was closed or failed.
    case socket
    /// No answer came in time.
    case unresponsive
    /// A statement left the connection in a state that its next user must not see.
    case unusable
}
