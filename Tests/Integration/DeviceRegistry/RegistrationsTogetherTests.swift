import Contracts
import Postgres
import Support
import Testing

@testable import DeviceRegistry

@Suite("Registrations of many phones in one statement", .timeLimit(.minutes(5))) struct RegistrationsTogetherTests {
    private static let otherType = "pass.com.example.other"

    private static func registration(
        _ device: String, _ serialNumber: String, passType: String = RegistryAccess.passType
    ) throws -> Registration {
        Registration(
            device: try #require(DeviceLibraryIdentifier(rawValue: device)),
            pass: PassReference(
                passTypeIdentifier: try #require(PassTypeIdentifier(rawValue: passType)),
                serialNumber: try #require(SerialNumber(rawValue: serialNumber))))
    }

    private static func beginning(
        _ device: String, _ serialNumber: String, _ token: String, passType: String = RegistryAccess.passType
    ) throws -> NewRegistration {
        NewRegistration(
            of: try registration(device, serialNumber, passType: passType),
            pushToken: try #require(PushToken(rawValue: token)))
    }

    private static func texts(_ registry: RegistryUnderTest, _ statement: SQL) async throws -> [String] {
        try await registry.pool.query(statement).map { try $0.decode(String.self) }
    }

    @Test("each is told whether it is new, as if one had come after the other, and the last token of a device stays")
    func told() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let asked = [
                try Self.beginning("d2", "s1", "aa"), try Self.beginning("d1", "s1", "bb"),
                try Self.beginning("d2", "s1", "cc"), try Self.beginning("d2", "s2", "dd"),
                try Self.beginning("d2", "s2", "dd", passType: Self.otherType),
            ]
            #expect(
                try await RegistrationStore.register(asked, in: registry.pool) == [true, true, false, true, true])
            #expect(
                try await RegistrationStore.register(asked.reversed(), in: registry.pool)
                    == [false, false, false, false, false])
            #expect(
                try await Self.texts(
                    registry,
                    """
                    SELECT device_library_identifier || ' ' || push_token FROM registry.devices ORDER BY 1
                    """) == ["d1 bb", "d2 aa"])
            #expect(try await registry.rows("registrations") == 4)
            // A beginning is told once, to the timeline, the day and the webhooks.
            #expect(try await registry.rows("pass_events") == 4)
            #expect(try await registry.rows("event_notices") == 4)
            #expect(try await registry.count("SELECT sum(installed)::bigint FROM registry.activity") == 4)
            // The tokens that nobody has any more are forgotten.
            #expect(
                try await Self.texts(registry, "SELECT push_token FROM registry.forgotten_tokens ORDER BY position")
                    == ["dd"])
        }
    }

    @Test("the last token of a device stays, whichever pass types it comes with")
    func lastToken() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for (first, last) in [(RegistryAccess.passType, Self.otherType), (Self.otherType, RegistryAccess.passType)]
            {
                let asked = [
                    try Self.beginning("d1", "s1", "aa", passType: first),
                    try Self.beginning("d1", "s1", "bb", passType: last),
                ]
                _ = try await RegistrationStore.register(asked, in: registry.pool)
                #expect(try await Self.texts(registry, "SELECT push_token FROM registry.devices") == ["bb"])
            }
        }
    }

    @Test("leaves what the same calls leave one after the other")
    func asOneAfterTheOther() async throws {
        let rounds = try (0..<12).map { round in
            var random = SeededRandom(seed: UInt64(round))
            func any() throws -> Registration {
                try Self.registration(
                    "d\(Int.random(in: 1...9, using: &random))", "s\(Int.random(in: 1...5, using: &random))",
                    passType: Bool.random(using: &random) ? RegistryAccess.passType : Self.otherType)
            }
            return (
                changed: ["s\(1 + round % 5)"],
                begun: try (0..<30).map { _ in
                    let one = try any()
                    // A device has one token in a round: of several in one statement only the last is ever stored.
                    return try Self.beginning(
                        one.device.rawValue, one.pass.serialNumber.rawValue,
                        "aa\(10 + round)\(one.device.rawValue.dropFirst())0",
                        passType: one.pass.passTypeIdentifier.rawValue)
                }, ended: try (0..<12).map { _ in try any() }
            )
        }
        var dumps: [[String]] = []
        for isTogether in [true, false] {
            try await RegistryUnderTest.run { (registry) async throws in
                var dump: [String] = []
                for round in rounds {
                    _ = try await registry.update(round.changed)
                    let areNew =
                        try await isTogether
                        ? RegistrationStore.register(round.begun, in: registry.pool)
                        : Self.registerSingly(round.begun, registry)
                    let haveEnded =
                        try await isTogether
                        ? RegistrationStore.unregister(round.ended, in: registry.pool)
                        : Self.unregisterSingly(round.ended, registry)
                    dump.append("\(areNew.map { $0 ?? false }) \(haveEnded)")
                }
                dump += try await Self.texts(registry, Self.everything)
                dump += Set(try await registry.pushedTokens().joined()).sorted()
                dumps.append(dump)
            }
        }
        #expect(dumps[0].count > 60)
        #expect(dumps[0] == dumps[1])
    }

    private static let everything: SQL = """
        SELECT 'device ' || device_library_identifier || ' ' || push_token FROM registry.devices
        UNION ALL
        SELECT 'registration ' || device_library_identifier || ' ' || pass_type_identifier || ' ' || serial_number || ' '
            || (tag > 0) FROM registry.registrations
        UNION ALL
        SELECT 'event ' || kind || ' ' || pass_type_identifier || ' ' || serial_number || ' ' || device_library_identifier
            || ' ' || (tag IS NULL) || ' ' || count(*) FROM registry.pass_events
        GROUP BY kind, pass_type_identifier, serial_number, device_library_identifier, tag IS NULL
        UNION ALL
        SELECT 'day ' || sum(installed) || ' ' || sum(removed) FROM registry.activity
        ORDER BY 1
        """

    /// As an older release does.
    private static func registerSingly(
        _ asked: [NewRegistration], _ registry: RegistryUnderTest
    ) async throws -> [Bool?] {
        var answers: [Bool?] = []
        for one in asked {
            let pass = one.registration.pass
            answers.append(
                try await registry.pool.query(
                    """
                    SELECT registry.register_device(\(one.registration.device.rawValue), \(one.pushToken.rawValue),
                        \(pass.passTypeIdentifier.rawValue), \(pass.serialNumber.rawValue))
                    """
                ).only().decode(Bool.self))
        }
        return answers
    }

    private static func unregisterSingly(
        _ asked: [Registration], _ registry: RegistryUnderTest
    ) async throws -> [Bool] {
        var answers: [Bool] = []
        for one in asked {
            answers.append(
                try await registry.pool.query(
                    """
                    SELECT registry.unregister_device(\(one.device.rawValue), \(one.pass.passTypeIdentifier.rawValue),
                        \(one.pass.serialNumber.rawValue))
                    """
                ).only().decode(Bool.self))
        }
        return answers
    }

    @Test("a change that comes while phones register waits for them, and pushes to each")
    func changeMeanwhile() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let registered: SQL = """
                SELECT registry.register_devices(ARRAY['d1', 'd2'], ARRAY['aa', 'bb'],
                    ARRAY[\(RegistryAccess.passType), \(RegistryAccess.passType)], ARRAY['s1', 's2'])
                """
            try await registry.pool.holding(registered) { commit in
                async let update = registry.update(["s1", "s2"])
                try await registry.pool.waitForLock()
                await commit()
                #expect(try await update.devices == 2)
            }
            #expect(try await registry.pushedTokens().map { $0.sorted() } == [["aa", "bb"]])
        }
    }

    @Test("those whose passes changed before get one tag of their type and one push each, the others none")
    func changedPasses() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.update(["s1", "s2"])
            _ = try await registry.register("d0", "s3", pushToken: "ff")
            let before = try #require(try await registry.changes("d0").tag)
            _ = try await RegistrationStore.register(
                [
                    try Self.beginning("d1", "s1", "aa"), try Self.beginning("d1", "s2", "aa"),
                    try Self.beginning("d2", "s2", "bb"), try Self.beginning("d3", "s3", "cc"),
                    try Self.beginning("d4", "s1", "dd", passType: Self.otherType),
                ], in: registry.pool)
            #expect(try await registry.pushedTokens().map { $0.sorted() } == [["aa", "bb"]])
            let changes = try await registry.changes("d1", since: before)
            #expect(changes.serialNumbers == ["s1", "s2"])
            let tag = try #require(changes.tag)
            #expect(try await registry.changes("d2", since: before).serialNumbers == ["s2"])
            #expect(try await registry.changes("d3", since: before).status == 204)
            #expect(
                try await Self.texts(
                    registry,
                    """
                    SELECT device_library_identifier || ' ' || serial_number FROM registry.pass_events
                    WHERE kind = 'registered' AND tag = \(Int64(tag)) ORDER BY 1
                    """) == ["d1 s1", "d1 s2", "d2 s2"])
        }
    }

    @Test("an erased pass is looked at again when a phone registers it, and not for one that renews")
    func erasedPass() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for serialNumber in ["s1", "s2"] {
                try await registry.execute(
                    """
                    INSERT INTO registry.erased_passes (pass_type_identifier, serial_number, asked_at, version, is_open,
                        next_look_at)
                    VALUES (\(RegistryAccess.passType), \(serialNumber), now(), 1, false, 'infinity')
                    """)
            }
            let asked = [try Self.beginning("d1", "s1", "aa"), try Self.beginning("d2", "s1", "bb")]
            _ = try await RegistrationStore.register(asked, in: registry.pool)
            let open: SQL = """
                SELECT serial_number FROM registry.erased_passes WHERE is_open AND next_look_at < now() + interval '2 minutes'
                """
            #expect(try await Self.texts(registry, open) == ["s1"])
            try await registry.execute("UPDATE registry.erased_passes SET is_open = false, next_look_at = 'infinity'")
            _ = try await RegistrationStore.register(asked, in: registry.pool)
            #expect(try await Self.texts(registry, open) == [])
        }
    }

    @Test("who registers a pass type that is changing waits alone; the phones of all others are answered meanwhile")
    func changingType() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let changing: SQL = "SELECT pg_advisory_xact_lock(registry.pass_type_lock(\(RegistryAccess.passType)))"
            try await registry.pool.holding(changing) { commit in
                let asked = [
                    try Self.beginning("d1", "s1", "aa"),
                    try Self.beginning("d1", "s2", "aa", passType: Self.otherType),
                ]
                #expect(try await RegistrationStore.register(asked, in: registry.pool) == [nil, true])
                async let waiting = registry.register("d1", "s1", pushToken: "aa")
                try await registry.pool.waitForLock()
                #expect(try await registry.register("d2", "s1", pushToken: "bb", passType: Self.otherType) == 201)
                #expect(try await registry.count("SELECT count(*) FROM registry.registrations") == 2)
                await commit()
                #expect(try await waiting == 201)
            }
        }
    }

    @Test("of several ends of one registration the first ends it, a device goes with its last one, and it is told once")
    func ends() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await RegistrationStore.register(
                [
                    try Self.beginning("d1", "s1", "aa"), try Self.beginning("d2", "s1", "bb"),
                    try Self.beginning("d2", "s2", "bb"),
                ], in: registry.pool)
            let asked = [
                try Self.registration("d2", "s1"), try Self.registration("d1", "s1"), try Self.registration("d1", "s1"),
                try Self.registration("d3", "s1"), try Self.registration("d2", "s1", passType: Self.otherType),
            ]
            #expect(
                try await RegistrationStore.unregister(asked, in: registry.pool) == [true, true, false, false, false])
            #expect(try await RegistrationStore.unregister(asked, in: registry.pool).allSatisfy { !$0 })
            #expect(
                try await Self.texts(registry, "SELECT device_library_identifier FROM registry.devices") == ["d2"])
            #expect(try await registry.changes("d2").serialNumbers == ["s2"])
            #expect(
                try await registry.count("SELECT count(*) FROM registry.pass_events WHERE kind = 'unregistered'") == 2)
            #expect(try await registry.count("SELECT sum(removed)::bigint FROM registry.activity") == 2)
            #expect(
                try await Self.texts(registry, "SELECT push_token FROM registry.forgotten_tokens") == ["aa"])
        }
    }

    @Test(
        "lists of phones in many orders come and go beside single ones, changes and refused tokens, and none waits in a circle"
    )
    func race() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<6 {
                    group.addTask {
                        var random = SeededRandom(seed: UInt64(writer))
                        for round in 0..<60 {
                            // Not through the store, which asks singly again where a statement ends in a deadlock.
                            let asked = try (0..<Int.random(in: 1...100, using: &random)).map { _ in
                                try Self.beginning(
                                    "d\(Int.random(in: 1...40, using: &random))",
                                    "s\(Int.random(in: 1...4, using: &random))", "aa0\(writer)",
                                    passType: Bool.random(using: &random) ? RegistryAccess.passType : Self.otherType)
                            }
                            switch (writer + round) % 4 {
                            case 0, 1: _ = try await RegistrationStore.register(asked, in: registry.pool)
                            case 2:
                                _ = try await RegistrationStore.unregister(
                                    asked.map(\.registration), in: registry.pool)
                            default:
                                _ = try await Self.registerSingly(Array(asked.prefix(5)), registry)
                                _ = try await Self.unregisterSingly(
                                    asked.suffix(5).map(\.registration), registry)
                            }
                        }
                    }
                }
                group.addTask {
                    for round in 0..<120 {
                        _ = try await registry.update(["s\(1 + round % 4)", "s\(1 + round / 4 % 4)"])
                        _ = try await registry.reject(["aa0\(round % 6)"])
                    }
                }
                try await group.waitForAll()
            }
            // Every device has a registration, and each beginning and end was told once.
            #expect(
                try await registry.count(
                    """
                    SELECT count(*) FROM registry.devices d WHERE NOT EXISTS (
                        SELECT FROM registry.registrations r
                        WHERE r.device_library_identifier = d.device_library_identifier)
                    """) == 0)
            let balance = try await registry.count(
                "SELECT coalesce(sum(installed) - sum(removed), 0)::bigint FROM registry.activity")
            #expect(try await registry.rows("registrations") == balance)
            #expect(
                try await registry.count(
                    """
                    SELECT count(*) FILTER (WHERE kind = 'installed') - count(*) FILTER (WHERE kind = 'removed')
                    FROM registry.event_notices
                    """) == balance)
        }
    }
}
