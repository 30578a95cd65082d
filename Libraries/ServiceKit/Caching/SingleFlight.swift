import Synchronization

/// Lets one of many callers do what all of them want; the others wait for its result.
public final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private typealias Waiting = CheckedContinuation<Value?, any Error>

    private let flights = Mutex<[Key: [Waiting]]>([:])

    /// Makes one under which nothing is under way.
    public init() {}

    /// The result of the flight under way, or of a new one; an error is everybody's.
    public func value(for key: Key, _ body: () async throws -> Value) async throws -> Value {
        while true {
            if begin(key) {
                let result: Result<Value, any Error>
                do {
                    result = .success(try await body())
                } catch {
                    result = .failure(error)
                }
                land(key, result)
                return try result.get()
            }
            if let value = try await join(key) { return value }
        }
    }

    /// Waits for the flight under way; nil when it landed before.
    private func join(_ key: Key) async throws -> Value? {
        try await withCheckedThrowingContinuation { continuation in
            let isLate = flights.withLock { flights in
                guard flights[key] != nil else { return true }
                flights[key]?.append(continuation)
                return false
            }
            if isLate { continuation.resume(returning: nil) }
        }
    }

    private func begin(_ key: Key) -> Bool {
        flights.withLock { flights in
            guard flights[key] == nil else { return false }
            flights[key] = []
            return true
        }
    }

    private func land(_ key: Key, _ result: Result<Value, any Error>) {
        for waiting in flights.withLock({ $0.removeValue(forKey: key) }) ?? [] {
            waiting.resume(with: result.map { $0 })
        }
    }
}
