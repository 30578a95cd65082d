import Contracts
import GoogleWalletSimulator
import HTTPTypes
import JSON
import Postgres
import Support
import Testing

extension EndToEndTests {
    @Suite("google-bridge at the simulated Google") struct GoogleCrashTests {
        private static let passes = (0..<40).map { "p\($0)" }

        @Test("killed at random instants under load, loses nothing that it took and makes nothing twice")
        func kills() async throws {
            try await BridgeProcess.run { bridge in
                try await bridge.putClass()
                let isWriting = Flag(true)
                async let changes = Self.changePasses(bridge, while: isWriting)
                async let campaigns = Self.changeCampaign(bridge, while: isWriting)
                async let people = Self.issue(bridge, while: isWriting)
                for _ in 0..<10 {
                    try await Task.sleep(for: .milliseconds(.random(in: 50...900)))
                    try await bridge.crash()
                }
                isWriting.lower()
                let (newest, colour, issued) = try await (changes, campaigns, people)
                try #require(newest > 0 && colour > 1 && issued > 0)
                try await eventually(within: .seconds(60), "Google to have all that was taken") {
                    bridge.classVersion == colour
                        && Self.passes.allSatisfy { bridge.text(of: $0).contains("version \(newest) ") }
                        && (0..<issued).allSatisfy { bridge.text(of: "person-\($0)").contains("version 1 ") }
                }
                try await eventually(within: .seconds(60), "nothing to wait") {
                    try await bridge.operations(in: "pending").isEmpty
                }
                #expect(try await bridge.operations(in: "failed").isEmpty)
                #expect(bridge.google.resourceCounts.classes == 1)
                #expect(bridge.google.resourceCounts.objects == Self.passes.count + issued)
            }
        }

        /// Changes all passes again and again, each change until it is taken; gives the newest version.
        private static func changePasses(_ bridge: BridgeProcess, while isWriting: Flag) async throws -> Int {
            var version = 0
            while isWriting.isUp {
                version += 1
                try await insist { try await bridge.patch(passes, version: version) }
                try await Task.sleep(for: .milliseconds(150))
            }
            return version
        }

        /// Changes the campaign again and again; gives the newest version.
        private static func changeCampaign(_ bridge: BridgeProcess, while isWriting: Flag) async throws -> Int {
            var version = 1
            while isWriting.isUp {
                version += 1
                try await insist {
                    let body = BridgeProcess.campaign(version: version)
                    return try await bridge.call(.put, "/rpc/v1/classes/spring", body).status == .ok
                }
                try await Task.sleep(for: .milliseconds(100))
            }
            return version
        }

        /// Gives one person after the other a link; returns how many got one.
        private static func issue(_ bridge: BridgeProcess, while isWriting: Flag) async throws -> Int {
            var number = 0
            while isWriting.isUp {
                try await insist {
                    let path = "/rpc/v1/objects/person-\(number)"
                    return try await bridge.call(.put, path, BridgeProcess.object(version: 1)).status == .ok
                }
                number += 1
                try await Task.sleep(for: .milliseconds(100))
            }
            return number
        }

        /// Calls until it is answered as it should be: what is cut off by a crash is sent again, as pass-issuer does.
        private static func insist(_ call: () async throws -> Bool) async throws {
            try await eventually("the call to be taken") { (try? await call()) ?? false }
        }

        /// Where on the way of an operation the process ends.
        enum Step: CaseIterable {
            case taken, askedForToken, sent, committed, answered
        }

        @Test("killed between any two steps of an operation, does it once", arguments: Step.allCases)
        func steps(_ step: Step) async throws {
            try await BridgeProcess.run { bridge in
                let known = ["a", "b"]
                let all = known + ["c", "d"]
                try await bridge.putClass()
                try await bridge.patch(known, version: 1)
                try await eventually("the first") {
                    known.allSatisfy { bridge.text(of: $0).contains("version 1 ") }
                }
                try await eventually("them to be done with") { try await bridge.operations(in: "pending").isEmpty }
                // Without the token that it has.
                try await bridge.crash()
                try await Self.stop(bridge, at: step) { try await bridge.patch(all, version: 2) }
                try await eventually(within: .seconds(60), "all to be written") {
                    let isIdle = try await bridge.operations(in: "pending").isEmpty
                    return isIdle && all.allSatisfy { bridge.text(of: $0).contains("version 2 ") }
                }
                #expect(try await bridge.operations(in: "failed").isEmpty)
                #expect(bridge.google.resourceCounts.objects == all.count)
                for serialNumber in ["c", "d"] {
                    #expect(bridge.google.version(of: .object, "\(BridgeProcess.issuerID).\(serialNumber)") == 1)
                }
            }
        }

        /// Lets the four operations of a change come so far, ends the process there, and starts it again.
        private static func stop(
            _ bridge: BridgeProcess, at step: Step, _ change: @Sendable () async throws -> Bool
        ) async throws {
            let google = bridge.google
            switch step {
            case .taken: break
            case .askedForToken: google.script(Fault(.drop, path: "/token", milliseconds: 60_000))
            case .sent: google.script(Fault(.drop, path: "offerObject", times: 4, milliseconds: 60_000))
            case .committed: google.script(Fault(.loseAnswer, path: "offerObject", times: 4, milliseconds: 60_000))
            case .answered: google.script(Fault(.delay, path: "offerObject", times: 4, milliseconds: 1_500))
            }
            #expect(try await change())
            try await eventually("Google to be called") { google.faults.isEmpty }
            @Sendable func isWritten() -> Bool {
                ["a", "b", "c", "d"].allSatisfy { bridge.text(of: $0).contains("version 2 ") }
            }
            switch step {
            case .taken, .askedForToken, .sent: break
            case .committed: try await eventually("Google to write") { isWritten() }
            case .answered:
                // Nothing can be recorded while the test holds the table.
                try await PostgresPool.using(bridge.platform.database.superuserURL, .test(size: 1)) { pool in
                    try await pool.transaction { transaction in
                        try await transaction.execute("LOCK TABLE google.resources IN SHARE MODE")
                        try await eventually("Google to write") { isWritten() }
                        await bridge.process.kill()
                    }
                }
            }
            try await bridge.crash()
        }

        @Test("killed while a person waits, gives the same pass to the next call") func killedLink() async throws {
            try await BridgeProcess.run { bridge in
                try await bridge.putClass()
                for number in 0..<5 {
                    let path = "/rpc/v1/objects/person-\(number)"
                    async let first = bridge.call(.put, path, BridgeProcess.object(version: 1))
                    try await Task.sleep(for: .milliseconds(.random(in: 0...60)))
                    await bridge.process.kill()
                    _ = try? await first
                    try await bridge.process.start()
                    try await bridge.process.waitUntilReady(client: bridge.client)
                    let again = try await bridge.call(.put, path, BridgeProcess.object(version: 1))
                    #expect(again.status == .ok)
                    let link = try #require(try JSON.parse(again.body)["saveUrl"]?.stringValue)
                    #expect(try await bridge.google.save(link: link) == ["\(BridgeProcess.issuerID).person-\(number)"])
                }
                #expect(bridge.google.resourceCounts.objects == 5)
            }
        }

        @Test("counts each callback once, though it is killed and Google repeats itself") func callbacks() async throws
        {
            try await BridgeProcess.run { bridge in
                try await bridge.putClass()
                bridge.google.change { settings in
                    settings.callbackDuplicates = 2
                    settings.callbackAttempts = 50
                }
                let serialNumbers = (0..<20).map { "p\($0)" }
                try await bridge.patch(serialNumbers, version: 1)
                try await eventually(within: .seconds(60), "the objects") {
                    bridge.google.resourceCounts.objects == serialNumbers.count
                }
                for serialNumber in serialNumbers {
                    try bridge.google.save(object: "\(BridgeProcess.issuerID).\(serialNumber)")
                    guard serialNumber.hasSuffix("5") else { continue }
                    try await bridge.crash()
                }
                try await eventually(within: .seconds(60), "every save to be counted") {
                    try await bridge.saved() == serialNumbers.count
                }
            }
        }
    }
}
