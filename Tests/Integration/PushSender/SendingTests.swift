import APNsSimulator
import Contracts
import HTTPTypes
import JSON
import Support
import Testing

@testable import PushSender

@Suite("Sending pushes to APNs") struct SendingTests {
    private static func tokens(_ range: ClosedRange<Int>) -> [String] { range.map(PushSenderUnderTest.token) }

    @Test("reaches APNs as Apple wants it: an empty payload for the topic, neither type nor expiration")
    func shape() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            try await sender.putCredentials()
            try await sender.push([PushSenderUnderTest.token(1)])
            try await sender.drained()
            let push = try #require(apns.pushes().first)
            #expect(push.token == PushSenderUnderTest.token(1))
            #expect(push.topic == PushSenderUnderTest.passType)
            #expect(push.payload == "{}")
            #expect(push.pushType == nil && push.expiration == nil && push.priority == 10)
            #expect(!push.usedProviderToken)
            let answer = try await sender.call(
                .get, "/rpc/v1/push-tokens/\(push.token)/events", token: PushSenderUnderTest.issuerToken)
            #expect(answer.json["events"]?[1]?["kind"] == "pushAccepted")
            #expect(answer.json["events"]?[1]?["detail"]?.stringValue?.contains(push.apnsId) == true)
        }
    }

    @Test("sends thousands, each once, and counts them")
    func many() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...5_000))
            try await sender.drained()
            #expect(apns.counters.requests == 5_000)
            #expect(Set(apns.pushes().map(\.token)) == Set(Self.tokens(1...5_000)))
            #expect(apns.counters.resets == 0)
            #expect(try await sender.topic()["accepted"] == 5_000)
        }
    }

    @Test("keeps to one stream when APNs allows no more")
    func oneStream() async throws {
        var simulated = try await PushSenderUnderTest.simulatedAPNs()
        simulated.maximumConcurrentStreams = 1
        try await PushSenderUnderTest.runWithAPNs(apns: simulated) { sender, apns in
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...60))
            try await sender.drained()
            #expect(apns.counters.accepted == 60)
            #expect(apns.counters.requests == 60)
        }
    }

    @Test(
        "sends a push again under the same id after a fault of the service or the way to it",
        arguments: [
            APNsScriptStep.refuse(.serviceUnavailable, times: 1), .refuse(.internalServerError, times: 1),
            .refuse(.idleTimeout, times: 1), APNsScriptStep(times: 1, status: 502),
            APNsScriptStep(times: 1, action: .close), APNsScriptStep(times: 1, action: .reset),
            APNsScriptStep(times: 1, action: .ignore),
        ])
    func retries(step: APNsScriptStep) async throws {
        // APNs has half of the lease to answer, which only a push that it ignores should need.
        let settings = step.action == .ignore ? ["PUSH_LEASE_SECONDS": "10"] : [:]
        try await PushSenderUnderTest.runWithAPNs(settings) { sender, apns in
            apns.script(step)
            let token = PushSenderUnderTest.token(1)
            try await sender.push([token])
            let id = try await sender.pool.query("SELECT apns_id::text FROM push.jobs").first?.decode(String.self)
            try await sender.putCredentials()
            try await sender.drained()
            #expect(apns.counters.requests == 2)
            #expect(apns.pushes().map(\.apnsId) == [id])
            #expect(try await sender.eventKinds(token) == ["pushQueued", "pushAccepted"])
            #expect(try await sender.topic()["state"] == "running")
            #expect(try await sender.topic()["lastError"] != .null)
        }
    }

    @Test("loses nothing when APNs ends connections with GOAWAY or without a word")
    func goAway() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            for number in stride(from: 100, through: 900, by: 200) {
                apns.script(
                    APNsScriptStep(
                        token: PushSenderUnderTest.token(number), times: 1,
                        action: number == 500 ? .close : number == 300 ? .answerAndGoAway : .goAway, reason: "Shutdown")
                )
            }
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...1_000))
            try await sender.drained()
            #expect(Set(apns.pushes().map(\.token)) == Set(Self.tokens(1...1_000)))
            #expect(try await sender.topic()["accepted"] == 1_000)
        }
    }

    @Test("goes on by itself after APNs was away, and says why it waits")
    func outage() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            try await sender.putCredentials()
            apns.setOutage(.shutdown)
            try await sender.push(Self.tokens(1...300))
            try await eventually("the fault") { try await sender.topic()["lastError"] == "Shutdown" }
            #expect(try await sender.topic()["state"] == "running")
            #expect(try await sender.topic()["queued"] != 0)
            // It rests instead of trying all of them again and again.
            #expect(apns.counters.requests < 300)
            apns.setOutage(nil)
            try await sender.drained()
            #expect(try await sender.topic()["accepted"] == 300)
        }
    }

    @Test("tells device-registry of tokens that are gone, with APNs' timestamp")
    func gone() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            let since = try #require(Instant(rfc3339: "2026-06-02T09:30:00Z"))
            let token = PushSenderUnderTest.token(1)
            apns.removeToken(token, at: since)
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...2))
            try await sender.drained()
            try await eventually("the rejection") { sender.registry.rejections.count == 1 }
            let told = try #require(sender.registry.rejections.first)
            #expect(told.pushToken.rawValue == token)
            #expect(told.reason == "Unregistered")
            #expect(told.rejectedAt == since)
            #expect(try await sender.eventKinds(token) == ["pushQueued", "pushRejected"])
            #expect(try await sender.topic()["rejected"] == ["Unregistered": 1])
        }
    }

    @Test("lets a token rest that APNs gets too many pushes for, and no other")
    func tooMany() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            apns.script(.refuse(.tooManyRequests, token: PushSenderUnderTest.token(1), times: 1))
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...20))
            try await eventually("the others") { try await sender.topic()["accepted"]?.intValue ?? 0 >= 19 }
            try await sender.drained()
            #expect(apns.counters.requests == 21)
        }
    }

    @Test(
        "stops a topic for a fault of its configuration, keeps its pushes, and goes on when told to",
        arguments: ["TopicDisallowed", "BadCertificate", "PayloadTooLarge", "BadPath"])
    func stops(reason: String) async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            apns.script(APNsScriptStep(reason: reason))
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...500))
            try await eventually("the stop") { try await sender.topic()["state"] == "stopped" }
            try await eventually("the last answers") { try await sender.topic()["inFlight"] == 0 }
            #expect(try await sender.topic()["lastError"] == .string(reason))
            #expect(try await sender.topic()["queued"] == 500)
            #expect(apns.counters.requests < 500)
            apns.removeScripts()
            try await sender.hold("resume")
            try await sender.drained()
            #expect(apns.counters.accepted == 500)
        }
    }

    @Test("waits while a topic is paused")
    func paused() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            try await sender.putCredentials()
            try await sender.hold("pause")
            try await sender.push(Self.tokens(1...5))
            try await sender.push(Self.tokens(1...5), passType: PassAuthority.otherPassType)
            try await sender.putCredentials(
                try await PushSenderUnderTest.credentials("other"), passType: PassAuthority.otherPassType)
            try await eventually("the other topic") { apns.counters.accepted == 5 }
            #expect(try await sender.topic()["queued"] == 5)
            try await sender.hold("resume")
            try await sender.drained()
            #expect(apns.counters.accepted == 10)
        }
    }

    @Test("keeps to the pace of a delivery")
    func pace() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            try await sender.putCredentials()
            let clock = ContinuousClock()
            let start = clock.now
            try await sender.push(Self.tokens(1...60), rate: 20)
            try await sender.drained()
            let seconds = (clock.now - start) / .seconds(1)
            #expect(apns.counters.accepted == 60)
            // 60 pushes less a quarter of a second's worth, 20 a second.
            #expect(seconds >= 2.6)
        }
    }

    @Test("opens the breaker for a storm of bad tokens, tells nobody of them, and sends all when it is closed")
    func storm() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            apns.script(.refuse(.badDeviceToken))
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...1_000))
            try await eventually("the breaker") { try await sender.topic()["state"] == "open" }
            try await eventually("the pushes that come back") { try await sender.topic()["queued"] == 1_000 }
            #expect(try await sender.topic()["lastError"] == "BadDeviceToken")
            #expect(apns.counters.requests < 1_000)
            #expect(try await sender.count("SELECT count(*) FROM push.rejections") == 0)
            // A minute later one push is let through, and refused.
            let before = apns.counters.requests
            try await sender.pool.execute("UPDATE push.topics SET probe_at = now()")
            try await eventually("the push that is let through") { apns.counters.requests == before + 1 }
            try await eventually("its answer") { try await sender.topic()["inFlight"] == 0 }
            #expect(try await sender.topic()["state"] == "open")
            #expect(try await sender.topic()["queued"] == 1_000)
            // The fault is mended; the next one closes the breaker.
            apns.removeScripts()
            try await sender.pool.execute("UPDATE push.topics SET probe_at = now()")
            try await sender.drained()
            #expect(try await sender.topic()["state"] == "running")
            #expect(apns.counters.accepted == 1_000)
            #expect(sender.registry.rejections.isEmpty)
        }
    }

    @Test("counts what became of pushes, and measures the queue")
    func metrics() async throws {
        try await PushSenderUnderTest.runWithAPNs { sender, apns in
            apns.removeToken(PushSenderUnderTest.token(3), at: .now())
            try await sender.putCredentials()
            try await sender.push(Self.tokens(1...3))
            try await sender.drained()
            // A push has left the queue before it is counted.
            try await eventually("both counts") {
                let text = sender.metrics.text()
                return text.contains(#"push_results_total{result="accepted",reason=""} 2"#)
                    && text.contains(#"push_results_total{result="rejected",reason="Unregistered"} 1"#)
            }
        }
    }
}
