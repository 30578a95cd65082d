import Foundation
import Synchronization
import Testing

@testable import Postgres

@Suite("Statements that answer many callers")
struct StatementBatchesTests {
    /// A statement that waits until it is let go, and remembers what it was asked.
    private final class HeldStatement: Sendable {
        private let gate = Gate()
        private let log = Mutex<[[Int]]>([])

        var asked: [[Int]] { log.withLock { $0 } }

        func run(_ inputs: [Int]) async {
            log.withLock { $0.append(inputs) }
            await gate.wait()
        }

        func letGo() { gate.open() }

        func waitUntilAsked() async throws { #expect(await eventually { self.gate.arrivals > 0 }) }
    }

    private static func fault(_ state: SQLState) -> PostgresError {
        .server(
            PostgresServerFault(
                sqlState: state, severity: "ERROR", constraint: nil, table: nil, column: nil, message: ""))
    }

    @Test("a call that finds a free place goes alone, those that come meanwhile go together, each gets its own answer")
    func goTogether() async throws {
        let statement = HeldStatement()
        let batches = StatementBatches<Int, Int>(places: 1) { (inputs) throws(PostgresError) in
            await statement.run(inputs)
            return inputs.map { $0 * 10 }
        }
        try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            group.addTask { (0, try await batches(0)) }
            try await statement.waitUntilAsked()
            for input in 1...50 { group.addTask { (input, try await batches(input)) } }
            try await waitForCallers(of: batches, count: 50)
            statement.letGo()
            for try await (input, answer) in group { #expect(answer == input * 10) }
        }
        #expect(statement.asked.first == [0])
        #expect(statement.asked.count == 2)
        #expect(statement.asked.last?.sorted() == Array(1...50))
    }

    @Test("a call that was begun is answered whether it is waited for before its statement has ended or after")
    func begun() async throws {
        let statement = HeldStatement()
        let batches = StatementBatches<Int, Int>(places: 1) { (inputs) throws(PostgresError) in
            await statement.run(inputs)
            if inputs.contains(3) { throw Self.fault(.uniqueViolation) }
            return inputs.map { $0 * 10 }
        }
        let calls = (0..<4).map { batches.begin($0) }
        try await statement.waitUntilAsked()
        async let early = calls[1].answer
        #expect(await eventually { calls[1].isAwaited })
        statement.letGo()
        #expect(try await early == 10)
        #expect(try await calls[0].answer == 0)
        #expect(try await calls[2].answer == 20)
        await #expect(throws: PostgresError.self) { try await calls[3].answer }
        // The answer stays.
        #expect(try await calls[2].answer == 20)
    }

    @Test("while a statement takes long another one is begun, with all who waited, and no third beside them")
    func patience() async throws {
        let statement = HeldStatement()
        let batches = StatementBatches<Int, Int>(places: 2, patience: .milliseconds(1)) {
            (inputs) throws(PostgresError) in
            await statement.run(inputs)
            return inputs
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await batches(0) == 0 }
            try await statement.waitUntilAsked()
            group.addTask { try await batches(1) == 1 }
            #expect(await eventually { statement.asked == [[0], [1]] })
            for input in 2..<7 { group.addTask { try await batches(input) == input } }
            try await waitForCallers(of: batches, count: 5)
            #expect(statement.asked.count == 2)
            statement.letGo()
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test("whoever waits for a statement that is stuck is answered beside it, though nobody else comes")
    func stuck() async throws {
        let gate = Gate()
        let batches = StatementBatches<Int, Int>(places: 2, patience: .milliseconds(1)) {
            (inputs) throws(PostgresError) in
            if inputs.contains(0) { await gate.wait() }
            return inputs
        }
        let first = Task { try await batches(0) }
        #expect(await eventually { gate.arrivals > 0 })
        // One after the other, and many at once.
        for input in 1...3 { #expect(try await batches(input) == input) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for input in 4..<100 { group.addTask { try await batches(input) == input } }
            for try await isRight in group { #expect(isRight) }
        }
        gate.open()
        #expect(try await first.value == 0)
    }

    @Test("a statement that has just begun is waited for, whatever place is free")
    func patienceOfCallers() async throws {
        let statement = HeldStatement()
        let batches = StatementBatches<Int, Int>(places: 2, patience: .seconds(600)) { (inputs) throws(PostgresError) in
            await statement.run(inputs)
            return inputs
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await batches(0) == 0 }
            try await statement.waitUntilAsked()
            for input in 1...9 { group.addTask { try await batches(input) == input } }
            try await waitForCallers(of: batches, count: 9)
            #expect(statement.asked == [[0]])
            statement.letGo()
            for try await isRight in group { #expect(isRight) }
        }
        #expect(statement.asked.count == 2)
    }

    @Test("no statement is asked more than it may be, and no more of them run than there are places")
    func limits() async throws {
        let running = Mutex((now: 0, most: 0, longest: 0))
        let batches = StatementBatches<Int, Int>(places: 2, patience: .zero, maximumInputs: 7) {
            (inputs) throws(PostgresError) in
            running.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
                state.longest = max(state.longest, inputs.count)
            }
            await Task.yield()
            running.withLock { $0.now -= 1 }
            return inputs
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for input in 0..<1_000 { group.addTask { try await batches(input) == input } }
            for try await isRight in group { #expect(isRight) }
        }
        let (now, most, longest) = running.withLock { $0 }
        #expect(now == 0)
        #expect(most <= 2)
        #expect(longest <= 7)
    }

    @Test("what the server refuses for one caller is told to that caller alone")
    func failsAlone() async throws {
        let statement = HeldStatement()
        let batches = StatementBatches<Int, Int>(places: 1) { (inputs) throws(PostgresError) in
            await statement.run(inputs)
            if inputs.contains(3) { throw Self.fault(.foreignKeyViolation) }
            return inputs
        }
        let failures = try await withThrowingTaskGroup(of: Int?.self) { group in
            group.addTask { try await batches(0) == 0 ? nil : 0 }
            try await statement.waitUntilAsked()
            for input in 1...5 {
                group.addTask {
                    do throws(PostgresError) {
                        return try await batches(input) == input ? nil : 0
                    } catch {
                        return error.sqlState == .foreignKeyViolation ? input : 0
                    }
                }
            }
            try await waitForCallers(of: batches, count: 5)
            statement.letGo()
            return try await group.reduce(into: [Int]()) { if let failure = $1 { $0.append(failure) } }
        }
        #expect(failures == [3])
        #expect(statement.asked.dropFirst().first?.count == 5)
        #expect(statement.asked.dropFirst(2).map(\.count) == [1, 1, 1, 1, 1])
    }

    @Test("a database that is gone is told to all at once, and is not asked for each of them again")
    func unreachable() async throws {
        let statement = HeldStatement()
        let batches = StatementBatches<Int, Int>(places: 1) { (inputs) throws(PostgresError) in
            await statement.run(inputs)
            throw .unreachable
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for input in 0..<20 {
                group.addTask {
                    do throws(PostgresError) {
                        _ = try await batches(input)
                        Issue.record("\(input) was answered")
                    } catch {
                        guard case .unreachable = error else {
                            Issue.record("\(error)")
                            return
                        }
                    }
                }
            }
            try await waitForCallers(of: batches, count: 19)
            statement.letGo()
            try await group.waitForAll()
        }
        #expect(statement.asked.count == 2)
    }

    @Test("more callers than may wait are refused at once")
    func overload() async throws {
        let statement = HeldStatement()
        let batches = StatementBatches<Int, Int>(places: 1, maximumWaiting: 2) { (inputs) throws(PostgresError) in
            await statement.run(inputs)
            return inputs
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for input in 0..<3 {
                group.addTask {
                    let answer = try await batches(input)
                    #expect(answer == input)
                }
            }
            try await waitForCallers(of: batches, count: 2)
            do throws(PostgresError) {
                _ = try await batches(3)
                Issue.record("one too many was admitted")
            } catch {
                guard case .overloaded = error else {
                    Issue.record("\(error)")
                    return
                }
            }
            statement.letGo()
            try await group.waitForAll()
        }
    }

    @Test("a caller that is cancelled takes no answer from the others")
    func cancellation() async throws {
        let statement = HeldStatement()
        let batches = StatementBatches<Int, Int>(places: 1) { (inputs) throws(PostgresError) in
            await statement.run(inputs)
            if Task.isCancelled { throw .cancelled }
            return inputs
        }
        let first = Task { try await batches(0) }
        try await statement.waitUntilAsked()
        let second = Task { try await batches(1) }
        try await waitForCallers(of: batches, count: 1)
        first.cancel()
        statement.letGo()
        #expect(try await second.value == 1)
        #expect(try await first.value == 0)
    }

    private func waitForCallers(of batches: StatementBatches<Int, Int>, count: Int) async throws {
        #expect(await eventually { batches.waiting >= count })
    }
}
