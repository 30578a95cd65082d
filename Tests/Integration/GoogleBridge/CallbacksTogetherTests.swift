import Foundation
import JSON
import Support
import Testing

@testable import GoogleBridge

@Suite("Callbacks that are recorded with one statement") struct CallbacksTogetherTests {
    private static func callback(
        _ event: String, _ serialNumber: String, expiresAt seconds: Int, nonce: String = UUID().uuidString
    ) throws -> BelievedCallback {
        let issuer = GoogleFixtures.issuerID
        let message: JSONValue = [
            "classId": "\(issuer).spring", "objectId": "\(issuer).\(serialNumber)", "eventType": .string(event),
            "expTimeMillis": .number(JSONNumber(seconds * 1_000)), "nonce": .string(nonce),
        ]
        let read = try CallbackMessage(String(decoding: message.serialized(), as: UTF8.self))
        return BelievedCallback(message: read, issuer: try #require(read.issuer))
    }

    @Test("count once each; of several about one pass the one that expires last says whether somebody has it")
    func together() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            _ = try await bridge.patchObjects(["p1", "p2", "p3"].map { ($0, BridgeUnderTest.objectRequest()) })
            let repeated = UUID().uuidString
            let answers = try await CallbackStore.record(
                [
                    try Self.callback("save", "p1", expiresAt: 100),
                    try Self.callback("del", "p1", expiresAt: 300),
                    try Self.callback("save", "p1", expiresAt: 200),
                    try Self.callback("save", "p2", expiresAt: 100, nonce: repeated),
                    try Self.callback("save", "p2", expiresAt: 100, nonce: repeated),
                    try Self.callback("del", "p3", expiresAt: 100),
                    try Self.callback("save", "p3", expiresAt: 100),
                    try Self.callback("save", "unknown", expiresAt: 100),
                ], in: bridge.pool)
            #expect(answers == [true, true, true, true, false, true, true, true])
            #expect(
                try await bridge.count(
                    "SELECT count(*) FROM google.objects WHERE has_users = (serial_number <> 'p1')") == 3)
            #expect(
                try await bridge.count(
                    "SELECT count(*) FROM google.objects WHERE users_as_of = to_timestamp(300) AND NOT has_users") == 1)
            #expect(try await bridge.count("SELECT count(*) FROM google.events WHERE kind = 'googleSaved'") == 5)
            #expect(try await bridge.count("SELECT count(*) FROM google.events WHERE kind = 'googleDeleted'") == 2)
            #expect(try await bridge.count("SELECT saved * 10 + deleted FROM google.activity_days") == 52)

            let later = try await CallbackStore.record(
                [
                    try Self.callback("save", "p2", expiresAt: 100, nonce: repeated),
                    try Self.callback("save", "p1", expiresAt: 299),
                ], in: bridge.pool)
            #expect(later == [false, true])
            #expect(try await bridge.count("SELECT count(*) FROM google.objects WHERE has_users") == 2)
            #expect(try await bridge.count("SELECT saved * 10 + deleted FROM google.activity_days") == 62)
        }
    }

    @Test("never wait for each other in a circle, whatever their order, and lose nothing")
    func inAnyOrder() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            let passes = (0..<20).map { "p\($0)" }
            _ = try await bridge.patchObjects(passes.map { ($0, BridgeUnderTest.objectRequest()) })
            let (writers, rounds) = (4, 25)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        for round in 0..<rounds {
                            let callbacks = try passes.shuffled().map {
                                try Self.callback("save", $0, expiresAt: 1_000 + round * writers + writer)
                            }
                            let answers = try await CallbackStore.record(callbacks, in: bridge.pool)
                            #expect(answers.allSatisfy { $0 })
                        }
                    }
                }
                try await group.waitForAll()
            }
            let all = writers * rounds * passes.count
            #expect(try await bridge.count("SELECT saved FROM google.activity_days") == all)
            #expect(try await bridge.count("SELECT count(*) FROM google.callbacks") == all)
            let last = 1_000 + writers * rounds - 1
            #expect(
                try await bridge.count(
                    "SELECT count(*) FROM google.objects WHERE has_users AND users_as_of = to_timestamp(\(last))")
                    == passes.count)
        }
    }
}
