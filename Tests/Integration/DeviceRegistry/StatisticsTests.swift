import Contracts
import HTTPTypes
import JSON
import ServiceKit
import Support
import Testing

@testable import DeviceRegistry

@Suite struct StatisticsTests {
    private static func days(_ registry: RegistryUnderTest, _ query: String = "") async throws -> [ActivityDay] {
        let response = try await registry.call(.get, "/rpc/v1/statistics\(query)")
        #expect(response.status == .ok)
        return try JSON.decode(StatisticsAnswer.self, from: response.body).days
    }

    @Test("counts new registrations and their ends, not those that are renewed or end again")
    func counts() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            #expect(try await Self.days(registry).isEmpty)
            for device in ["d1", "d1", "d2", "d3"] { _ = try await registry.register(device, "s1", pushToken: "aa") }
            for _ in 1...2 { _ = try await registry.unregister("d1", "s1") }
            let today = DayRange.date(of: .now())
            #expect(try await Self.days(registry) == [ActivityDay(date: today, installed: 3, removed: 1)])
            let activity = ActivityStore(database: registry.pool)
            #expect(try await activity.add(atMost: 100) == 4)
            #expect(try await activity.add(atMost: 100) == 0)
            #expect(try await Self.days(registry) == [ActivityDay(date: today, installed: 3, removed: 1)])
        }
    }

    @Test("is exact while many devices come and go and several replicas add up")
    func concurrency() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let adding = Task {
                let activity = ActivityStore(database: registry.pool)
                while !Task.isCancelled { _ = try await activity.add(atMost: 7) }
            }
            let addingToo = Task {
                let activity = ActivityStore(database: registry.pool)
                while !Task.isCancelled { _ = try await activity.add(atMost: 3) }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for device in 1...8 {
                    group.addTask {
                        for round in 1...25 {
                            _ = try await registry.register("d\(device)", "s\(round % 3)", pushToken: "aa")
                            if round.isMultiple(of: 2) {
                                _ = try await registry.unregister("d\(device)", "s\(round % 3)")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let events = try await registry.pool.query(
                "SELECT count(*) FILTER (WHERE kind = 'registered'), count(*) FROM registry.pass_events")
            let (registered, all) = try #require(events.first).decode(Int.self, Int.self)
            let days = try await Self.days(registry)
            adding.cancel()
            addingToo.cancel()
            #expect(days.map(\.installed).reduce(0, +) == registered)
            #expect(days.map(\.removed).reduce(0, +) == all - registered)
            #expect(try await registry.rows("registrations") == registered - (all - registered))
            #expect(registered > 100)
        }
    }

    @Test("answers the days that are asked for, in UTC, whether they are added up or not")
    func range() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await registry.execute(
                "INSERT INTO registry.activity_days VALUES ('2026-01-31', 1, 2), ('2026-02-01', 3, 4)")
            try await registry.execute(
                "INSERT INTO registry.activity VALUES ('2026-02-01', 1, 0), ('2026-02-03', 0, 1)")
            let days = try await Self.days(registry, "?from=2026-02-01&to=2026-02-03")
            #expect(days.map(\.date) == ["2026-02-01", "2026-02-03"])
            #expect(days.map(\.installed) == [4, 0] && days.map(\.removed) == [4, 1])
            for query in ["?from=2026-02-03&to=2026-02-01", "?from=today", "?to=2026-13-01"] {
                #expect(try await registry.call(.get, "/rpc/v1/statistics\(query)").status == .badRequest)
            }
            let admin = RegistryUnderTest.adminToken
            #expect(try await registry.call(.get, "/rpc/v1/statistics", token: admin).status == .forbidden)
        }
    }
}
