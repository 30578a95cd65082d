import Synchronization

/// Phones that wait for the next push to their token.
final class Subscriptions: Sendable {
    private struct State {
        var next = 0
        var waiting: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    /// Whether anybody waits for pushes to a token.
    func isWaiting(for token: String) -> Bool {
        state.withLock { $0.waiting[token] != nil }
    }

    /// Tells those who wait for pushes to a token that there is one.
    func notify(_ token: String) {
        let waiting = state.withLock { $0.waiting[token]?.values.map { $0 } ?? [] }
        for continuation in waiting { continuation.yield() }
    }

    /// Asks for a value until there is one or the time is over; it is asked again after each push to the token.
    func first<Value: Sendable>(
        for token: String, within duration: Duration, _ value: @escaping @Sendable () -> Value?
    ) async -> Value? {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        // Before the first question, so that no push comes between the two unnoticed.
        let number = add(continuation, for: token)
        defer { remove(number, for: token) }
        if let found = value() { return found }
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask {
                for await _ in stream {
                    if let found = value() { return found }
                }
                return nil
            }
            group.addTask {
                // Cancelled when the other one has found something.
                try? await Task.sleep(for: duration)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private func add(_ continuation: AsyncStream<Void>.Continuation, for token: String) -> Int {
        state.withLock { state in
            state.next += 1
            state.waiting[token, default: [:]][state.next] = continuation
            return state.next
        }
    }

    private func remove(_ number: Int, for token: String) {
        state.withLock { state in
            state.waiting[token]?[number] = nil
            if state.waiting[token]?.isEmpty == true { state.waiting[token] = nil }
        }
    }
}
