import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct ChangeRaceTests {
    private struct Update: Sendable {
        let serialNumber: String
        let start: ContinuousClock.Instant
        let end: ContinuousClock.Instant
    }

    private struct Listing: Sendable {
        let serialNumbers: Set<String>
        let start: ContinuousClock.Instant
        let end: ContinuousClock.Instant
    }

    private final class Flag: Sendable {
        private let state = Mutex(false)

        var isRaised: Bool { state.withLock { $0 } }

        func raise() { state.withLock { $0 = true } }
    }

    private static let serialNumbers = (1...8).map { "s\($0)" }

    @Test("never misses a change while writers change passes in parallel and devices ask what changed")
    func missesNothing() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let devices = ["d1", "d2", "d3"]
            for device in devices {
                for serialNumber in Self.serialNumbers {
                    _ = try await registry.register(device, serialNumber, pushToken: "aa")
                }
            }
            let isOver = Flag()
            try await withThrowingTaskGroup(of: [Listing].self) { listeners in
                for device in devices { listeners.addTask { try await Self.listen(registry, device, until: isOver) } }
                let updates = try await Self.write(registry, writers: 6, rounds: 350)
                isOver.raise()
                for try await listings in listeners { Self.check(updates, against: listings) }
                #expect(updates.count == 2_100)
            }
        }
    }

    private static func write(
        _ registry: RegistryUnderTest, writers: Int, rounds: Int
    ) async throws -> [Update] {
        try await withThrowingTaskGroup(of: [Update].self) { group in
            for writer in 0..<writers {
                group.addTask { () async throws in
                    var updates: [Update] = []
                    for round in 0..<rounds {
                        // Two passes in changing order: writers meet on the same rows.
                        let changed = [writer + round, writer + 5 * round].map { serialNumbers[$0 % 8] }
                        let start = ContinuousClock.now
                        #expect(try await registry.update(changed).devices == 1)
                        let end = ContinuousClock.now
                        updates += Set(changed).map { Update(serialNumber: $0, start: start, end: end) }.prefix(1)
                    }
                    return updates
                }
            }
            var all: [Update] = []
            for try await updates in group { all += updates }
            return all
        }
    }

    /// Asks with the tag of the answer before, and once more when all is over.
    private static func listen(
        _ registry: RegistryUnderTest, _ device: String, until isOver: Flag
    ) async throws -> [Listing] {
        // The first answer lists everything, and so the changes that were quicker than it.
        let begin = ContinuousClock.now
        let everything = try await registry.changes(device)
        var tag = everything.tag
        var listings = [
            Listing(serialNumbers: Set(everything.serialNumbers), start: begin, end: ContinuousClock.now)
        ]
        var isLast = false
        while !isLast {
            isLast = isOver.isRaised
            let start = ContinuousClock.now
            let changes = try await registry.changes(device, since: tag)
            #expect(changes.status == 200 || changes.status == 204)
            listings.append(
                Listing(serialNumbers: Set(changes.serialNumbers), start: start, end: ContinuousClock.now))
            if let new = changes.tag { tag = new }
        }
        return listings
    }

    /// A change must be in a list that was answered after it began, at the latest in the first that was asked for
    /// after it was acknowledged.
    private static func check(_ updates: [Update], against listings: [Listing]) {
        for update in updates {
            let first = listings.firstIndex { $0.end > update.start } ?? listings.endIndex
            guard let last = listings.firstIndex(where: { $0.start > update.end }) else {
                Issue.record("no list was asked for after the last change")
                return
            }
            let isListed = listings[first...last].contains { $0.serialNumbers.contains(update.serialNumber) }
            if !isListed { Issue.record("a change of \(update.serialNumber) was missed") }
        }
    }

    @Test("answers every call while devices register and unregister, passes change and tokens are rejected at once")
    func neverDeadlocks() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        for round in 0..<100 {
                            let (device, serialNumber) = ("d\((worker + round) % 5)", "s\(round % 7 + 1)")
                            let status = try await registry.register(device, serialNumber, pushToken: "0\(round % 5)")
                            #expect([200, 201].contains(status))
                            #expect(try await registry.unregister("d\(round % 5)", serialNumber) == 200)
                        }
                    }
                    group.addTask {
                        for round in 0..<100 {
                            let changed = [round, round + worker].map { "s\($0 % 7 + 1)" }
                            let answer = try await registry.update(changed)
                            #expect(answer.passes > 0)
                        }
                    }
                }
                group.addTask { () async throws in
                    for round in 0..<100 {
                        #expect(try await registry.reject(["0\(round % 5)", "0\((round + 2) % 5)"]) == 200)
                    }
                }
                try await group.waitForAll()
            }
            let orphans = try await registry.count(
                """
                SELECT count(*) FROM registry.devices d WHERE NOT EXISTS (
                    SELECT FROM registry.registrations r WHERE r.device_library_identifier = d.device_library_identifier)
                """)
            #expect(orphans == 0)
        }
    }
}
