import Contracts
import HTTPServer
import HTTPTypes

/// Receives mass updates line by line, in constant memory. What was received is a rollout once its last line is stored.
struct PassUpdateIntake: Sendable {
    let store: PassUpdateStore
    let walks: RolloutWalkStore
    let ratePerSecond: Int?
    let clock: @Sendable () -> Instant

    /// The longest line, in bytes.
    static let maximumLineBytes = 64 << 10
    /// How many lines are stored at once.
    static let blockLines = 1_000
    /// How many bytes of lines are stored at once, about.
    static let blockBytes = 1 << 20

    /// The update was received so slowly that it was given up.
    struct GivenUp: Error {}

    /// Lines that were read and not stored yet.
    private struct Block {
        var updates: [StoredPassUpdate] = []
        var errors = RolloutTally()
        var bytes = 0
        var isFull: Bool { updates.count >= blockLines || bytes >= blockBytes }
    }

    /// Receives a body to its end.
    func receive(_ body: HTTPBodyStream) async throws -> RolloutID {
        guard let rollout = try await store.begin(ratePerSecond: ratePerSecond, at: clock()) else { throw GivenUp() }
        var splitter = LineSplitter(maximumLineBytes: Self.maximumLineBytes)
        var block = Block()
        var (total, failed) = (0, 0)
        for try await piece in body {
            for line in splitter.split(piece) {
                total += 1
                failed += Self.read(line, into: &block)
                if block.isFull { try await flush(&block, to: rollout) }
            }
        }
        if let line = splitter.finish() {
            total += 1
            failed += Self.read(line, into: &block)
        }
        try await flush(&block, to: rollout)
        guard try await store.start(rollout, total: total, failed: failed, at: clock()) else { throw GivenUp() }
        return rollout
    }

    /// - Returns: 1 when the line is no update.
    private static func read(_ line: LineSplitter.Line, into block: inout Block) -> Int {
        block.bytes += line.bytes?.count ?? 0
        switch PassUpdateReader.read(line, maximumBytes: maximumLineBytes) {
        case .success(let update):
            block.updates.append(update)
            return 0
        case .failure(let malformed):
            block.errors.fail(line: line.number, nil, malformed.reason)
            return 1
        }
    }

    private func flush(_ block: inout Block, to rollout: RolloutID) async throws {
        let full = block
        block = Block()
        if full.updates.isEmpty, full.errors.errors.isEmpty { return }
        try await store.database.transaction { transaction in
            try await store.append(full.updates, to: rollout, at: clock(), in: transaction)
            try await walks.insert(full.errors.errors, of: rollout, in: transaction)
        }
    }
}
