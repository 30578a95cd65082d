import Synchronization

/// Writes down what nobody waits for, a few notes at a time soon after they were made.
///
/// Many at once would hold a processor and the database for so long that answers wait behind them. A crash loses what was
/// noted in the latest moment.
public final class NoteWriter<Note: Sendable>: Sendable {
    /// How many notes are written at once.
    static var portion: Int { 100 }
    /// How long notes wait, and how long it rests between two portions.
    static var pause: Duration { .milliseconds(25) }
    /// How long it rests when they can't be written.
    static var pauseAfterFailure: Duration { .milliseconds(250) }

    private let capacity: Int
    private let dropped: Counter
    private let logger: Logger
    private let store: @Sendable ([Note]) async throws -> Void
    private let wakeUp = WakeUp()
    private let waiting = Mutex<[Note]>([])

    /// - Parameters:
    ///   - capacity: how many notes wait at most; what comes while so many wait is dropped.
    ///   - dropped: counts what is dropped.
    ///   - store: writes notes in their order, all or none.
    public init(
        capacity: Int, dropped: Counter, logger: Logger, store: @escaping @Sendable ([Note]) async throws -> Void
    ) {
        self.capacity = capacity
        self.dropped = dropped
        self.logger = logger
        self.store = store
    }

    /// Takes notes, and never waits.
    public func add(_ notes: [Note]) {
        let (isFirst, lost) = waiting.withLock { waiting in
            let taken = notes.prefix(capacity - waiting.count)
            defer { waiting += taken }
            return (waiting.isEmpty && !taken.isEmpty, notes.count - taken.count)
        }
        if isFirst { wakeUp.signal() }
        if lost > 0 { dropped.increment(by: Double(lost)) }
    }

    /// Writes what is noted until its task is cancelled, and then what is left.
    public func run() async throws {
        do {
            while true {
                try Task.checkCancellation()
                await wakeUp.wait(atMost: .seconds(60))
                while !isEmpty {
                    try await Task.sleep(for: Self.pause)
                    if await !writePortion() { try await Task.sleep(for: Self.pauseAfterFailure) }
                }
            }
        } catch {
            await writeAll()
            throw error
        }
    }

    /// Writes all that is noted; what can't be written stays. Not while ``run()`` does.
    public func writeAll() async {
        while !isEmpty, await writePortion() {}
    }

    private var isEmpty: Bool { waiting.withLock { $0.isEmpty } }

    /// - Returns: false when they could not be written; they wait as before.
    private func writePortion() async -> Bool {
        // They go when they are written, so that what is under way takes room too.
        let notes = waiting.withLock { Array($0.prefix(Self.portion)) }
        do {
            // By a task of its own: one that is cancelled halfway may have been written all the same, and would be again.
            try await Task { [store] in try await store(notes) }.value
            waiting.withLock { $0.removeFirst(notes.count) }
            return true
        } catch {
            logger.debug("Notes were not written down; they are tried again.", ["error": "\(error)"])
            return false
        }
    }
}
