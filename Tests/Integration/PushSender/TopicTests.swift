import Contracts
import HTTPTypes
import JSON
import Support
import Testing

@testable import PushSender

@Suite("Topics as an admin sees them") struct TopicTests {
    @Test("are paused, go on, and say so")
    func pausing() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            try await sender.putCredentials()
            #expect(try await sender.hold("pause")["state"] == "paused")
            #expect(try await sender.hold("pause")["state"] == "paused")
            #expect(try await sender.topic()["state"] == "paused")
            #expect(try await sender.hold("resume")["state"] == "running")
            #expect(try await sender.topic()["state"] == "running")
        }
    }

    @Test("stay stopped until someone resumes them, or puts other credentials")
    func stopping() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic([PushSenderUnderTest.token(1)])
            let store = TopicStore(database: sender.pool)
            #expect(try await store.stop(topic, reason: "BadCertificate"))
            #expect(try await store.stop(topic, reason: "BadTopic") == false)
            #expect(try await sender.topic()["state"] == "stopped")
            #expect(try await sender.topic()["lastError"] == "BadCertificate")
            #expect(try await sender.topic()["queued"] == 1)
            #expect(try await sender.hold("resume")["lastError"] == .null)
            #expect(try await store.stop(topic, reason: "BadCertificate"))
            try await sender.putCredentials()
            #expect(try await sender.topic()["state"] == "stopped")
            var others = try await PushSenderUnderTest.credentials().objectValue ?? [:]
            others["intermediate"] = others["intermediate"]?.stringValue.map { .string($0 + "\n") }
            try await sender.putCredentials(.object(others))
            #expect(try await sender.topic()["state"] == "running")
            // Who still sends under the old ones has no say any more.
            #expect(try await store.stop(topic, reason: "BadCertificate") == false)
        }
    }

    @Test("are listed in parts, in the order of pass types")
    func paging() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let types = (1...5).map { "pass.example.n\($0)" }
            for type in types.shuffled() { try await sender.push([PushSenderUnderTest.token(1)], passType: type) }
            var found: [String] = []
            var path = "/admin/v1/topics?limit=2"
            for _ in 1...3 {
                let answer = try await sender.call(.get, path, token: PushSenderUnderTest.adminToken)
                found += (answer.json["items"]?.arrayValue ?? []).compactMap { $0["passTypeIdentifier"]?.stringValue }
                guard let cursor = answer.json["nextCursor"]?.stringValue else { break }
                path = "/admin/v1/topics?limit=2&cursor=\(cursor)"
            }
            #expect(found == types)
            for query in ["limit=x", "cursor=%21", "cursor=AAAA"] {
                let answer = try await sender.call(
                    .get, "/admin/v1/topics?\(query)", token: PushSenderUnderTest.adminToken)
                #expect(answer.status == 400)
            }
        }
    }

    @Test("are for admins alone, and unknown ones are 404")
    func access() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            for token in [PushSenderUnderTest.issuerToken, PushSenderUnderTest.registryToken] {
                #expect(try await sender.call(.get, "/admin/v1/topics", token: token).status == 403)
                #expect(try await sender.call(.post, "/admin/v1/topics/pass.x/pause", token: token).status == 403)
            }
            for word in ["pause", "resume"] {
                let path = "/admin/v1/topics/pass.x/\(word)"
                #expect(try await sender.call(.post, path, token: PushSenderUnderTest.adminToken).status == 404)
            }
        }
    }

    @Test("count what APNs answered, whatever became of the push, and days what was for good")
    func tallies() async throws {
        try await PushSenderUnderTest.run { (sender) async throws in
            let topic = try await sender.preparedTopic((1...6).map(PushSenderUnderTest.token))
            let pushes = try await sender.queue().lease(topic, atMost: 6)
            let kinds: [(PushOutcome.Kind, String?)] = [
                (.accepted, nil), (.rejected(since: .now()), "Unregistered"), (.givenUp, "AWordOfTomorrow"),
                (.refused(retryAt: .now(), countsAttempt: true), "ServiceUnavailable"),
                (.unanswered(retryAt: .now(), countsAttempt: true), "no answer came in time"),
                (.suspect(since: .now()), "BadDeviceToken"),
            ]
            _ = try await sender.queue().settle(
                zip(pushes, kinds).map { PushOutcome(push: $0, kind: $1.0, reason: $1.1) }, of: topic)
            let shown = try await sender.topic()
            #expect(shown["accepted"] == 1)
            #expect(
                shown["rejected"] == [
                    "Unregistered": 1, "AWordOfTomorrow": 1, "ServiceUnavailable": 1, "BadDeviceToken": 1,
                ])
            #expect(shown["queued"] == 2)
            let today = DayRange.date(of: .now())
            let answer = try await sender.call(
                .get, "/rpc/v1/statistics?from=\(today)&to=\(today)", token: PushSenderUnderTest.issuerToken)
            let days = try #require(answer.json["days"]?.arrayValue)
            #expect(days.map { $0["pushesAccepted"] } == [1])
            #expect(days.map { $0["pushesRejected"] } == [3])
            let before = try await sender.call(
                .get, "/rpc/v1/statistics?from=2020-01-01&to=2020-01-31", token: PushSenderUnderTest.issuerToken)
            #expect(before.json == ["days": []])
            let bad = try await sender.call(
                .get, "/rpc/v1/statistics?from=2020-02-01&to=2020-01-31", token: PushSenderUnderTest.issuerToken)
            #expect(bad.status == 400)
        }
    }
}
