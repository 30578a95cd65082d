import Cryptography
import Foundation
import HTTPTypes
import JSON
import Support
import Testing

@testable import GoogleBridge

@Suite("Callbacks of Google") struct CallbackTests {
    private static let recipient = GoogleFixtures.issuerID

    private static func message(
        event: String = "save", nonce: String = UUID().uuidString, object: String = "\(recipient).pass",
        expiresIn seconds: Int = 3_600
    ) -> JSONValue {
        [
            "classId": "\(recipient).campaign", "objectId": .string(object), "eventType": .string(event),
            "expTimeMillis": .number(JSONNumber((Instant.now().wholeSeconds + seconds) * 1_000)), "count": 1,
            "nonce": .string(nonce),
        ]
    }

    @Test("are recorded once, however often they come, and counted for their day")
    func once() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            let sender = try CallbackSender(bridge)
            let body = try sender.body(Self.message())
            for _ in 0..<3 {
                #expect(try await bridge.send(.post, "/callbacks/google", body: body).status == .ok)
            }
            let deletion = try sender.body(Self.message(event: "del"))
            #expect(try await bridge.send(.post, "/callbacks/google", body: deletion).status == .ok)
            #expect(try await bridge.count("SELECT count(*) FROM google.events WHERE kind = 'googleSaved'") == 1)
            #expect(try await bridge.count("SELECT count(*) FROM google.events WHERE kind = 'googleDeleted'") == 1)
            #expect(try await bridge.count("SELECT saved * 10 + deleted FROM google.activity_days") == 11)
        }
    }

    @Test("are recorded once when many come at the same instant")
    func race() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            let body = try CallbackSender(bridge).body(Self.message())
            try await withThrowingTaskGroup(of: HTTPStatus.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await bridge.send(.post, "/callbacks/google", body: body).status }
                }
                for try await status in group { #expect(status == .ok) }
            }
            #expect(try await bridge.count("SELECT count(*) FROM google.events") == 1)
        }
    }

    @Test("are refused with 401 for another's issuer, another's signature, and out of time; with 400 when malformed")
    func refusals() async throws {
        try await BridgeUnderTest.run { bridge in
            let sender = try CallbackSender(bridge)
            let body = try sender.body(Self.message())
            // The issuer is not known yet.
            #expect(try await bridge.send(.post, "/callbacks/google", body: body).status == .unauthorized)
            try await bridge.putIssuer()
            #expect(try await bridge.send(.post, "/callbacks/google", body: body).status == .ok)
            let late = try sender.body(Self.message(expiresIn: -1))
            #expect(try await bridge.send(.post, "/callbacks/google", body: late).status == .unauthorized)
            let foreign = try sender.body(Self.message(object: "3388000000012345679.pass"))
            #expect(try await bridge.send(.post, "/callbacks/google", body: foreign).status == .unauthorized)
            let forged = try CallbackSigner().body(Self.message(), recipient: Self.recipient)
            #expect(try await bridge.send(.post, "/callbacks/google", body: forged).status == .unauthorized)
            #expect(try await bridge.send(.post, "/callbacks/google", body: Array("{}".utf8)).status == .badRequest)
            let long = [UInt8](repeating: 0x20, count: 70_000)
            #expect(try await bridge.send(.post, "/callbacks/google", body: long).status == .contentTooLarge)
            #expect(try await bridge.count("SELECT count(*) FROM google.events") == 1)
        }
    }

    @Test("make nobody ask Google for its keys more often than once a minute")
    func keyFetches() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            let sender = try CallbackSender(bridge)
            let forger = try CallbackSigner()
            for _ in 0..<10 {
                let forged = try forger.body(Self.message(), recipient: Self.recipient)
                #expect(try await bridge.send(.post, "/callbacks/google", body: forged).status == .unauthorized)
            }
            #expect(bridge.google.keyRequests == 1)
            let body = try sender.body(Self.message())
            #expect(try await bridge.send(.post, "/callbacks/google", body: body).status == .ok)
            #expect(bridge.google.keyRequests == 1)
        }
    }

    @Test("are believed under a new root key once a minute has passed")
    func newRootKey() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            let start = Instant.now()
            bridge.set(now: start)
            let old = try CallbackSender(bridge)
            let body = try old.body(Self.message())
            #expect(try await bridge.send(.post, "/callbacks/google", body: body).status == .ok)
            let new = try CallbackSender(bridge)
            let next = try new.body(Self.message())
            bridge.set(now: start.adding(seconds: 59))
            #expect(try await bridge.send(.post, "/callbacks/google", body: next).status == .unauthorized)
            bridge.set(now: start.adding(seconds: 61))
            #expect(try await bridge.send(.post, "/callbacks/google", body: next).status == .ok)
            #expect(bridge.google.keyRequests == 2)
        }
    }

    @Test("are answered 503 while Google's keys can't be had, so that Google sends them again")
    func noKeys() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            let body = try CallbackSender(bridge).body(Self.message())
            bridge.google.setRootKeys(Array("no keys".utf8))
            let response = try await bridge.send(.post, "/callbacks/google", body: body)
            #expect(response.status == .serviceUnavailable)
            #expect(response.headers["Retry-After"] != nil)
        }
    }
}
