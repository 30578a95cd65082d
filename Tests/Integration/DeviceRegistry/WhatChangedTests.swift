import HTTPTypes
import Postgres
import Testing

@Suite struct WhatChangedTests {
    @Test("answers 204 with an empty body to an unknown device, and to a pass type it has nothing of")
    func unknownDevice() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for device in ["unknown", "%C3%A9", "a%7Fb"] {
                let path = "/v1/devices/\(device)/registrations/\(RegistryAccess.passType)"
                let response = try await registry.send(.get, path)
                #expect(response.status == .noContent)
                #expect(response.body.isEmpty)
                #expect(response.headers["Cache-Control"] == "no-store, private")
            }
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            #expect(try await registry.changes("d1", passType: "pass.com.example.other").status == 204)
        }
    }

    @Test("lists everything without a tag, only for this device and pass type, with the tag as a string")
    func listsEverything() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s2", pushToken: "aa")
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            _ = try await registry.register("d2", "s3", pushToken: "bb")
            _ = try await registry.register("d1", "s4", pushToken: "aa", passType: "pass.com.example.other")
            let fresh = try await registry.changes("d1")
            #expect(fresh.status == 200)
            #expect(fresh.serialNumbers == ["s1", "s2"])
            #expect(fresh.lastUpdated == .string("0"))
            #expect(try await registry.changes("d1", since: "0").status == 204)
            _ = try await registry.update(["s1"])
            #expect(try await registry.changes("d1").lastUpdated == .string("1"))
        }
    }

    @Test("answers 204 to its own tag until something changes, then lists what did")
    func listsChanges() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for serialNumber in ["s1", "s2", "s3"] {
                _ = try await registry.register("d1", serialNumber, pushToken: "aa")
            }
            let tag = try await registry.changes("d1").tag
            #expect(try await registry.changes("d1", since: tag).status == 204)
            // Changes of others are none of this device's.
            _ = try await registry.update(["s9"])
            #expect(try await registry.changes("d1", since: tag).status == 204)
            _ = try await registry.update(["s1"])
            _ = try await registry.update(["s3"])
            let changes = try await registry.changes("d1", since: tag)
            #expect(changes.serialNumbers == ["s1", "s3"])
            #expect(try await registry.changes("d1", since: changes.tag).status == 204)
        }
    }

    @Test("delivers every change of many in the same millisecond")
    func sameMillisecond() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let serialNumbers = (1...8).map { "s\($0)" }
            for serialNumber in serialNumbers { _ = try await registry.register("d1", serialNumber, pushToken: "aa") }
            let tag = try await registry.changes("d1").tag
            try await registry.transaction { transaction in
                // The clock stands still within a transaction: nothing but the counter tells these changes apart.
                for serialNumber in serialNumbers {
                    _ = try await transaction.query(
                        """
                        SELECT pass_count FROM registry.apply_update(
                            \("u-" + serialNumber), \(RegistryAccess.passType), \([serialNumber]))
                        """)
                }
            }
            #expect(try await registry.changes("d1", since: tag).serialNumbers.sorted() == serialNumbers)
        }
    }

    @Test("lists everything for a tag that it never gave")
    func oddTags() async throws {
        let tags = [
            "", "x", "-1", "01", "1.0", " 1", "2", "99", "9223372036854775807", "9223372036854775808",
            "2026-01-01T00:00:00Z", "1'; DROP TABLE registry.passes; --", "\u{0}", "١",
        ]
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            _ = try await registry.register("d1", "s2", pushToken: "aa")
            _ = try await registry.update(["s1"])
            #expect(try await registry.changes("d1", since: "1").status == 204)
            for tag in tags {
                let changes = try await registry.changes("d1", since: tag)
                #expect(changes.status == 200, "\(tag)")
                #expect(changes.serialNumbers == ["s1", "s2"], "\(tag)")
                #expect(changes.lastUpdated == .string("1"), "\(tag)")
            }
        }
    }

    private static var lateChange: SQL {
        "SELECT registry.apply_update('late', \(RegistryAccess.passType), \(["s1"]))::text"
    }

    @Test("delivers a change whose transaction commits long after it got its tag")
    func lateCommit() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            _ = try await registry.register("d1", "s2", pushToken: "aa")
            let tag = try await registry.changes("d1").tag
            try await registry.pool.holding(Self.lateChange) { commit in
                // Another change is told meanwhile; whatever happens to it, the device must not be told a tag beyond s1's.
                async let other = registry.update(["s2"])
                try await registry.pool.waitForLock()
                #expect(try await registry.changes("d1", since: tag).status == 204)
                await commit()
                #expect(try await other.passes == 1)
            }
            #expect(try await registry.changes("d1", since: tag).serialNumbers == ["s1", "s2"])
        }
    }

    @Test("stamps and pushes a registration that a change in flight could not see")
    func registrationBesideChange() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            try await registry.pool.holding(Self.lateChange) { commit in
                async let status = registry.register("d1", "s1", pushToken: "aa")
                try await registry.pool.waitForLock()
                await commit()
                #expect(try await status == 201)
            }
            #expect(try await registry.pushedTokens() == [["aa"]])
            // A phone that knew the tag of the change, and not that it has an older package, is told of it.
            #expect(try await registry.changes("d1", since: "1").serialNumbers == ["s1"])
        }
    }
}
