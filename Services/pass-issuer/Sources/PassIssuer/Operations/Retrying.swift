/// Begins again what lost a race against another writer. Each round some writer succeeds, so this ends.
enum Retrying {
    /// How often something is begun before the caller is asked to come again.
    static let attempts = 50

    /// - Parameter body: nil, or ``IssuingError/versionGone``, when somebody else was first.
    static func untilFirst<Value>(_ body: () async throws -> Value?) async throws -> Value {
        for _ in 0..<attempts {
            do {
                if let value = try await body() { return value }
            } catch IssuingError.versionGone {
                // What was read is history; the next round reads what replaced it.
            }
        }
        throw IssuingError.contended
    }
}
