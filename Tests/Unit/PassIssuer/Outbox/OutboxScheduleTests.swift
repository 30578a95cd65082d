import Testing

@testable import PassIssuer

@Suite struct OutboxScheduleTests {
    @Test("takes as many as may be under way, and more once half of them are done")
    func width() {
        var schedule = OutboxSchedule(width: 8)
        #expect(schedule.wanted == 8)
        schedule.took(8, of: 8)
        #expect(schedule.wanted == 0)
        for _ in 0..<3 { _ = schedule.note(.settled(.taken)) }
        #expect(schedule.wanted == 0)
        _ = schedule.note(.settled(.taken))
        #expect(schedule.wanted == 4)
        #expect(schedule.beginRest() == nil)
    }

    @Test("rests when fewer are due than it wanted, once at a time")
    func rests() {
        var schedule = OutboxSchedule(width: 8)
        schedule.took(3, of: 8)
        #expect(schedule.wanted == 0)
        #expect(schedule.beginRest() == .untilWoken(atMost: OutboxSchedule.rest))
        #expect(schedule.beginRest() == nil)
        _ = schedule.note(.settled(.taken))
        #expect(schedule.wanted == 0)
        _ = schedule.note(.rested)
        #expect(schedule.wanted == 6)
    }

    @Test(
        "asks a service that is away rarely and with one message, until it takes one, whatever is left for it meanwhile"
    )
    func unavailable() {
        var schedule = OutboxSchedule(width: 8)
        schedule.took(8, of: 8)
        var rests: [OutboxSchedule.Rest] = []
        for _ in 0..<8 { _ = schedule.note(.settled(.unavailable)) }
        for _ in 0..<6 {
            #expect(schedule.wanted == 0)
            if let rest = schedule.beginRest() { rests.append(rest) }
            _ = schedule.note(.rested)
            #expect(schedule.wanted == 1)
            schedule.took(1, of: 1)
            _ = schedule.note(.settled(.unavailable))
        }
        #expect(rests.allSatisfy { $0 == .whole(OutboxSchedule.longestRest) })
        _ = schedule.beginRest()
        _ = schedule.note(.rested)
        schedule.took(1, of: 1)
        _ = schedule.note(.settled(.taken))
        #expect(schedule.wanted == 8)
    }

    @Test("a refused message holds no other up")
    func refused() {
        var schedule = OutboxSchedule(width: 2)
        schedule.took(2, of: 2)
        _ = schedule.note(.settled(.refused))
        #expect(schedule.wanted == 1)
        #expect(schedule.faults == 0)
    }

    @Test("a message that is refused by itself is due later and later, five minutes at most")
    func backOff() {
        #expect(OutboxDelivery.backOff(.refused, attempts: 1, jitter: 1) == 500)
        #expect(OutboxDelivery.backOff(.refused, attempts: 2, jitter: 1) == 1_000)
        #expect(OutboxDelivery.backOff(.refused, attempts: 3, jitter: 0.5) == 1_000)
        #expect(OutboxDelivery.backOff(.refused, attempts: 100, jitter: 1) == 300_000)
        #expect(OutboxDelivery.backOff(.unavailable, attempts: 100, jitter: 1) == 1_000)
    }
}
