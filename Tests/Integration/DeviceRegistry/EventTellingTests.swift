import Contracts
import HTTPTypes
import JSON
import PassEventTelling
import Postgres
import ServiceKit
import Support
import Testing

@testable import DeviceRegistry

@Suite("What happens on devices is told to pass-issuer") struct EventTellingTests {
    @Test("once each, in order, while it is down as well, and however many replicas tell it")
    func order() async throws {
        try await RegistryUnderTest.run { registry in
            let noticed = registry.issuer
            noticed.refusePassEvents(.serviceUnavailable)
            let device = "d-1"
            for number in 1...3 {
                try await registry.pool.execute(
                    "SELECT registry.register_device(\(device), 'ab', 'pass.a', \("s-\(number)"))")
            }
            // A repeat is no installation.
            try await registry.pool.execute("SELECT registry.register_device(\(device), 'ab', 'pass.a', 's-1')")
            try await registry.pool.execute("SELECT registry.unregister_device(\(device), 'pass.a', 's-1')")
            try await registry.pool.execute(
                "SELECT registry.remove_rejected(ARRAY['pass.a'], ARRAY['ab'], ARRAY[now() + interval '1 hour'])")
            let tellers = (0..<3).map { _ in registry.eventTelling() }
            #expect(try await tellers[0].tell() == 0)
            #expect(
                try await registry.pool.query("SELECT failures FROM registry.event_teller").only().decode(Int.self) == 1
            )
            noticed.refusePassEvents(nil)
            let work = tellers.map { teller in Task { try await teller.run() } }
            // Whoever is cancelled between an answer and what it writes down then leaves the telling to the next.
            try await eventually("all to be told and forgotten") {
                try await registry.pool.query("SELECT count(*) FROM registry.event_notices").only().decode(Int.self)
                    == 0
            }
            for task in work { task.cancel() }
            for task in work { _ = await task.result }
            let told = noticed.passEvents.map { "\($0.kind) \($0.serialNumber)" }
            #expect(Array(told.prefix(4)) == ["installed s-1", "installed s-2", "installed s-3", "removed s-1"])
            #expect(Set(told.suffix(2)) == ["removed s-2", "removed s-3"])
            #expect(noticed.passEvents.count == 6)
            #expect(Set(noticed.passEvents.map(\.id)).count == 6)
        }
    }

    @Test("again under the same ids when the answer was lost, and by another replica when the first one died")
    func crash() async throws {
        try await RegistryUnderTest.run { registry in
            try await registry.pool.execute("SELECT registry.register_device('d-1', 'ab', 'pass.a', 's-1')")
            let store = DeviceRegistryService.notices(in: registry.pool)
            let lease = try #require(try await store.take(for: 60))
            let first = try await store.oldest(10)
            // It dies here: nobody else may tell while its lease lasts.
            #expect(try await store.take(for: 60) == nil)
            try await registry.pool.execute("UPDATE registry.event_teller SET leased_until = '-infinity'")
            #expect(try await registry.eventTelling().tell() == 1)
            #expect(registry.issuer.passEvents.map(\.id) == first.map(\.notice.id))
            // It was only slow: what it does now changes nothing.
            try await registry.pool.execute("SELECT registry.register_device('d-1', 'ab', 'pass.a', 's-2')")
            let second = try #require(try await store.take(for: 60))
            try await store.failed(leasedUntil: lease, jitter: 1)
            #expect(try await store.take(for: 60) == nil)
            try await store.told(try await store.oldest(10).map(\.position), leasedUntil: second)
            #expect(try await store.count() == 0)
        }
    }
}
