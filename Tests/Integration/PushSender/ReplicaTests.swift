import APNsSimulator
import Glibc
import Support
import Testing

@testable import PushSender

// One at a time: each keeps thousands of pushes on their way, and has only seconds to write down their answers.
@Suite("Replicas of push-sender", .serialized) struct ReplicaTests {
    private static func tokens(_ range: ClosedRange<Int>) -> [String] { range.map(PushSenderUnderTest.token) }

    @Test("share the queue, and send no push twice")
    func sharing() async throws {
        try await PushSenderUnderTest.runWithAPNs(["PUSHES_IN_FLIGHT": "100"], sending: false) { sender, apns in
            // Long enough for both to have many on their way.
            apns.script(APNsScriptStep(action: .judge, delayMilliseconds: 200))
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...3_000))
            sender.startBackgroundWork()
            sender.startReplica()
            try await sender.drained()
            #expect(apns.counters.requests == 3_000)
            #expect(Set(apns.pushes().map(\.token)).count == 3_000)
            #expect(apns.counters.connections >= 2)
            #expect(try await sender.topic()["accepted"] == 3_000)
        }
    }

    @Test("tell a phone again of what changed after it was told, and not before")
    func pushedAgainInFlight() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            let token = PushSenderUnderTest.token(1)
            apns.script(APNsScriptStep(token: token, times: 1, action: .judge, delayMilliseconds: 8_000))
            try await sender.putCredentials()
            try await sender.push([token])
            try await eventually("the push at APNs") { apns.counters.requests == 1 }
            #expect(try await sender.push([token]) == [1, 0, 0])
            #expect(apns.counters.requests == 1)
            try await sender.drained()
            #expect(apns.counters.requests == 2)
            #expect(apns.pushes().first?.count == 2)
        }
    }

    @Test("write down the answers they still get when they are told to end, and leave the rest to others")
    func ending() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            apns.script(APNsScriptStep(action: .judge, delayMilliseconds: 50))
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...10_000))
            try await eventually("pushes under way") { apns.counters.requests > 500 }
            await sender.stopBackgroundWork()
            let sent = apns.counters.accepted
            let topic = try await sender.topic()
            #expect(topic["accepted"]?.intValue == sent)
            #expect(topic["inFlight"] == 0)
            #expect(topic["queued"]?.intValue == 10_000 - sent)
            sender.startReplica()
            try await sender.drained()
            #expect(apns.counters.requests == 10_000)
        }
    }

    @Test("take over what one that was killed had taken, again and again, until every phone is told")
    func killing() async throws {
        try await PushSenderUnderTest.runWithAPNs(sending: false) { sender, apns in
            apns.script(APNsScriptStep(action: .judge, delayMilliseconds: 30))
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...8_000))
            var kills = 0
            for number in 1...4 {
                let process = try await executable(sender)
                let before = apns.counters.accepted
                try await eventually("pushes of process \(number)") {
                    apns.counters.accepted > before + 200 || apns.counters.accepted >= 8_000
                }
                process.send(SIGKILL)
                _ = try await process.end()
                kills += 1
            }
            let last = try await executable(sender)
            try await sender.drained()
            last.send(SIGTERM)
            #expect(try await last.end() == 0)
            #expect(Set(apns.pushes().map(\.token)) == Set(Self.tokens(1...8_000)))
            // What was under way at a kill is sent again, and nothing else.
            #expect(apns.counters.accepted <= 8_000 + kills * 2_000)
            #expect(try await sender.topic()["accepted"] == 8_000)
            #expect(try await sender.topic()["inFlight"] == 0)
        }
    }

    @Test("go on with what one of them had taken when it is killed beside the others")
    func killingOne() async throws {
        let few = ["PUSHES_IN_FLIGHT": "100"]
        try await PushSenderUnderTest.runWithAPNs(few, sending: false) { sender, apns in
            apns.script(APNsScriptStep(action: .judge, delayMilliseconds: 50))
            try await sender.putCredentials()
            let process = try await executable(sender, few)
            _ = try await process.readiness(200)
            sender.startBackgroundWork()
            try await sender.push(Self.tokens(1...10_000))
            try await eventually("both to send") { apns.counters.connections >= 2 && apns.counters.accepted > 1_000 }
            process.send(SIGKILL)
            _ = try await process.end()
            #expect(try await sender.count("SELECT count(*) FROM push.jobs") > 0)
            try await sender.drained()
            #expect(Set(apns.pushes().map(\.token)) == Set(Self.tokens(1...10_000)))
            // What one had on its way is sent again, and nothing else.
            #expect(apns.counters.accepted <= 11_200)
            #expect(try await sender.topic()["accepted"] == 10_000)
            #expect(try await sender.topic()["inFlight"] == 0)
        }
    }

    /// The built service on the same database.
    private func executable(
        _ sender: PushSenderUnderTest, _ more: [String: String] = [:]
    ) async throws -> ServiceExecutable {
        var settings = ServiceExecutable.settings(sender.database.url(for: .pushSender))
        settings["MASTER_KEYS"] = PushSenderUnderTest.keys
        settings["SERVICE_TOKEN"] = PushSenderUnderTest.ownToken
        settings["APNS_URL"] = sender.configuration.apns.description
        settings["APNS_CA"] = sender.configuration.apnsAuthorities
        settings["DEVICE_REGISTRY_URL"] = sender.configuration.deviceRegistryURL
        settings["PUSH_LEASE_SECONDS"] = "4"
        settings.merge(more) { $1 }
        return try await ServiceExecutable("push-sender", [], settings)
    }
}
