import Testing

@testable import Postgres

@Suite("The state of a pool")
struct PostgresPoolStateTests {
    private func running(size: Int, connected: Int, maximumWaiting: Int = 100) -> PoolState {
        var state = PoolState(size: size, maximumWaiting: maximumWaiting)
        let answer1 = state.start()
        #expect(answer1)
        for worker in 0..<connected { state.connected(worker: worker) }
        return state
    }

    private func statement(deadline: Int64 = .max) -> Job { Job(.statement("SELECT 1"), deadline: deadline) }

    private func next(_ state: inout PoolState, _ worker: Int, inFlight: Int = 0) -> PoolState.Assignment {
        state.next(worker: worker, inFlight: inFlight, limit: 8, now: 0)
    }

    private func refusal(_ admission: PoolState.Admission) -> PostgresError? {
        if case .refused(let error) = admission { error } else { nil }
    }

    private func woken(_ admission: PoolState.Admission) -> Int? {
        if case .accepted(let worker) = admission { worker } else { nil }
    }

    @Test("shares what waits evenly among the connections, up to the pipeline's length")
    func evenShares() {
        var state = running(size: 2, connected: 2)
        for _ in 0..<10 { _ = state.submit(statement()) }
        let answer10 = next(&state, 0)
        #expect(answer10.jobs.count == 5)
        let answer11 = next(&state, 1, inFlight: 7)
        #expect(answer11.jobs.count == 1)
        let answer12 = next(&state, 1, inFlight: 8)
        #expect(answer12.jobs.isEmpty)
        #expect(state.snapshot.waiting == 4)
    }

    @Test("adds up how long statements waited for a connection")
    func waits() {
        var state = running(size: 1, connected: 1)
        let jobs = [statement(), statement()]
        for job in jobs { _ = state.submit(job) }
        let second: Int64 = 1_000_000_000
        _ = state.next(worker: 0, inFlight: 0, limit: 1, now: jobs[0].createdAt + 2 * second)
        #expect(state.snapshot.waitedNanoseconds == 2 * second)
        _ = state.next(worker: 0, inFlight: 0, limit: 1, now: jobs[1].createdAt + 3 * second)
        #expect(state.snapshot.waitedNanoseconds == 5 * second)
    }

    @Test("wakes one sleeping connection for a statement, and each only once")
    func wakesOnce() {
        var state = running(size: 2, connected: 2)
        let answer13 = next(&state, 0)
        #expect(answer13.maySleep)
        let answer14 = next(&state, 1)
        #expect(answer14.maySleep)
        let woken = [state.submit(statement()), state.submit(statement()), state.submit(statement())].map(woken)
        #expect(woken == [0, 1, nil])
    }

    @Test("a connection that a transaction holds takes its steps alone and watches the clock for the others")
    func lease() throws {
        var state = running(size: 1, connected: 1)
        _ = state.submit(Job(.lease(.readCommitted), deadline: .max))
        _ = state.submit(statement())
        let lease = try #require(next(&state, 0).lease)
        let idle = next(&state, 0)
        #expect(idle.jobs.isEmpty && !idle.maySleep)
        // It looks at the clock in between, and yet a step wakes it at once.
        let answer21 = woken(state.submit(Job(.step("SELECT 1"), deadline: .max), on: lease))
        #expect(answer21 == 0)
        let answer15 = next(&state, 0)
        #expect(answer15.jobs.count == 1)
        _ = state.submit(Job(.commit, deadline: .max), on: lease)
        let answer22 = refusal(state.submit(Job(.step("SELECT 1"), deadline: .max), on: lease))
        #expect(answer22 == .transactionEnded)
        let answer16 = next(&state, 0)
        #expect(answer16.jobs.count == 1)
        state.release(worker: 0)
        let answer23 = refusal(state.submit(Job(.step("SELECT 1"), deadline: .max), on: lease))
        #expect(answer23 == .transactionEnded)
        let answer17 = next(&state, 0)
        #expect(answer17.jobs.count == 1)
    }

    @Test("wakes a sleeping holder of a connection for the first statement that waits")
    func wakesWatcher() throws {
        var state = running(size: 1, connected: 1)
        _ = state.submit(Job(.lease(.readCommitted), deadline: .max))
        let answer18 = next(&state, 0)
        #expect(answer18.lease != nil)
        let answer19 = next(&state, 0)
        #expect(answer19.maySleep)
        let answer24 = woken(state.submit(statement()))
        #expect(answer24 == 0)
        let answer25 = woken(state.submit(statement()))
        #expect(answer25 == nil)
    }

    @Test("a transaction that lost its connection is told that, its unsent steps are given back")
    func lostLease() throws {
        var state = running(size: 1, connected: 1)
        _ = state.submit(Job(.lease(.readCommitted), deadline: .max))
        let lease = try #require(next(&state, 0).lease)
        _ = state.submit(Job(.step("SELECT 1"), deadline: .max), on: lease)
        let answer2 = state.lost(worker: 0)
        #expect(answer2.count == 1)
        let answer26 = refusal(state.submit(Job(.commit, deadline: .max), on: lease))
        #expect(answer26 == .unreachable)
        state.connected(worker: 0)
        let answer27 = refusal(state.submit(Job(.commit, deadline: .max), on: lease))
        #expect(answer27 == .unreachable)
    }

    @Test("what waits is given up when the last connection fails, and refused until one is back")
    func allFailed() {
        var state = running(size: 2, connected: 0)
        _ = state.submit(statement())
        let answer3 = state.connectFailed(worker: 0)
        #expect(answer3.isEmpty)
        let answer4 = state.connectFailed(worker: 1)
        #expect(answer4.count == 1)
        let answer28 = refusal(state.submit(statement()))
        #expect(answer28 == .unreachable)
        state.connected(worker: 1)
        let answer29 = refusal(state.submit(statement()))
        #expect(answer29 == nil)
    }

    @Test("expires what has waited too long, in order, and refuses what is too much")
    func expiryAndBound() {
        var state = running(size: 1, connected: 0, maximumWaiting: 3)
        for deadline: Int64 in [10, 20, 30] { _ = state.submit(statement(deadline: deadline)) }
        let answer30 = refusal(state.submit(statement()))
        #expect(answer30 == .overloaded)
        let answer5 = state.expire(now: 20)
        #expect(answer5.count == 2)
        let answer6 = state.expire(now: 20)
        #expect(answer6.isEmpty)
        #expect(state.snapshot.waiting == 1)
    }

    @Test("closing lets accepted work finish, refuses new work, and ends at its deadline")
    func closing() throws {
        var state = running(size: 2, connected: 2)
        _ = state.submit(Job(.lease(.readCommitted), deadline: .max))
        let answer20 = next(&state, 0)
        #expect(answer20.lease != nil)
        let answer7 = state.beginClosing(deadline: 100)
        #expect(answer7.isEmpty)
        let answer31 = refusal(state.submit(statement()))
        #expect(answer31 == .closed)
        #expect(!state.mayEnd(worker: 0, inFlight: 0, now: 99))
        #expect(state.mayEnd(worker: 0, inFlight: 1, now: 100))
        #expect(state.mayEnd(worker: 1, inFlight: 0, now: 0))
        let answer8 = state.ended(worker: 1)
        #expect(!answer8.isLast)
        let answer9 = state.ended(worker: 0)
        #expect(answer9.isLast)
        #expect(state.phase == .closed)
    }
}
