import Synchronization

/// Tells those that loop whether to go on.
public final class Flag: Sendable {
    private let state: Mutex<Bool>

    /// Begins up or down.
    public init(_ isUp: Bool) {
        state = Mutex(isUp)
    }

    /// Whether to go on.
    public var isUp: Bool { state.withLock { $0 } }

    /// Ends the loops.
    public func lower() { state.withLock { $0 = false } }
}
