/// A condition that did not come true in time.
public struct NeverHappened: Error, CustomStringConvertible {
    /// What was waited for.
    public let description: String
}

/// Asks again and again until something is so.
public nonisolated(nonsending) func eventually(
    within deadline: Duration = .seconds(60), _ what: @autoclosure () -> String, _ isSo: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + deadline
    while try await !isSo() {
        guard clock.now < end else { throw NeverHappened(description: "waited in vain for \(what())") }
        try await Task.sleep(for: .milliseconds(20))
    }
}
