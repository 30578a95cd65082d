import Contracts
import HTTPTypes
import Postgres
import Support
import Testing

@testable import DeviceRegistry

@Suite("Erased passes, all at once") struct ErasureRaceTests {
    private static let serialNumbers = (0..<3).map { "s\($0)" }
    private static let rounds = 60

    private static func pass(_ version: Int) throws -> ErasedPass {
        ErasedPass(
            passTypeIdentifier: try #require(PassTypeIdentifier(rawValue: RegistryAccess.passType)),
            serialNumber: try #require(SerialNumber(rawValue: serialNumbers[version % serialNumbers.count])),
            version: version)
    }

    /// Looks at whatever is erased, as one replica of several; a deadlock is an error.
    private static func look(_ registry: RegistryUnderTest) async throws {
        let store = ErasureStore(database: registry.pool)
        for _ in 0..<rounds {
            // One by one: whoever wrote to several in an order of its own would make a deadlock of the test's.
            for serialNumber in serialNumbers {
                let isDue: SQL =
                    "UPDATE registry.erased_passes SET next_look_at = now() WHERE serial_number = \(serialNumber)"
                _ = try await registry.pool.execute(isDue)
            }
            for pass in try await store.take(upTo: 10, for: 60) { try await store.look(at: pass, before: .now()) }
        }
    }

    private static func phone(_ number: Int, _ registry: RegistryUnderTest) async throws {
        for round in 0..<rounds {
            let serialNumber = serialNumbers[(number + round) % serialNumbers.count]
            let device = "device-\(number % 3)"
            let status = try await registry.register(device, serialNumber, pushToken: "aabb000\(number)")
            #expect([200, 201].contains(status))
            if round % 5 == 4 { #expect(try await registry.unregister(device, serialNumber) == 200) }
        }
    }

    /// Erases passes, has their persons come back, and changes them.
    private static func issuer(_ registry: RegistryUnderTest) async throws {
        let store = ErasureStore(database: registry.pool)
        let updates = PassUpdateStore(database: registry.pool)
        for version in 0..<rounds {
            let pass = try pass(version)
            try await store.add([pass], at: .now())
            guard version % 4 != 0 else { continue }
            _ = try await updates.apply(
                PassUpdatesRequest(
                    updateId: try #require(UpdateID(rawValue: "u-\(version)")),
                    passTypeIdentifier: pass.passTypeIdentifier, serialNumbers: [pass.serialNumber],
                    revives: version % 2 == 1 ? true : nil, version: version % 2 == 1 ? version + 1 : nil))
        }
    }

    @Test("replicas that look, phones that register and persons who come back neither block nor miss each other")
    func together() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<4 { group.addTask { try await Self.phone(number, registry) } }
                for _ in 0..<2 { group.addTask { try await Self.look(registry) } }
                group.addTask { try await Self.issuer(registry) }
                try await group.waitForAll()
            }
            // Whatever phone came last: the look that it needs is not missed.
            let missed: SQL = """
                SELECT count(*) FROM registry.erased_passes e JOIN registry.registrations r
                    ON r.pass_type_identifier = e.pass_type_identifier AND r.serial_number = e.serial_number
                WHERE NOT e.is_open OR e.next_look_at = 'infinity'
                """
            #expect(try await registry.count(missed) == 0)
        }
    }
}
