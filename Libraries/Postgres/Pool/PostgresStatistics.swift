/// Counts of a pool since its start, and its state now.
public struct PostgresStatistics: Sendable, Hashable {
    /// Connections that are ready.
    public internal(set) var connected = 0
    /// Connections that a transaction holds.
    public internal(set) var pinned = 0
    /// Statements and transactions that wait for a connection.
    public internal(set) var waiting = 0
    /// Nanoseconds that all of them have waited until one was theirs, those that still wait left out.
    public internal(set) var waitedNanoseconds: Int64 = 0
    /// Statements sent.
    public internal(set) var statements = 0
    /// Times that statements were taken and sent together: round trips at most.
    public internal(set) var batches = 0
    /// Statements prepared.
    public internal(set) var prepared = 0
    /// Connections made.
    public internal(set) var connections = 0
}
