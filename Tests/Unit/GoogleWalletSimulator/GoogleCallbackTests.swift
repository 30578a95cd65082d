import Foundation
import GoogleWalletSimulator
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Support
import Synchronization
import Testing

@Suite struct GoogleCallbackTests {
    private static let objectID = WalletStage.id("object-1")

    /// Who takes callbacks, and how.
    final class Receiver: Sendable {
        private let state = Mutex<(bodies: [[UInt8]], statuses: [Int])>(([], []))

        var bodies: [[UInt8]] { state.withLock { $0.bodies } }

        /// Answers these statuses first, then 200.
        func answer(_ statuses: [Int]) {
            state.withLock { $0.statuses = statuses }
        }

        func take(_ body: [UInt8]) -> HTTPResponse {
            state.withLock { state in
                state.bodies.append(body)
                let status = state.statuses.isEmpty ? 200 : state.statuses.removeFirst()
                return HTTPResponse(HTTPStatus(rawValue: status))
            }
        }

        /// The nonces that came, in their order.
        var nonces: [String] {
            bodies.compactMap { body in
                let envelope = try? JSON.parse(body)  // Not to be read means no nonce.
                let message = envelope?["signedMessage"]?.stringValue.flatMap { try? JSON.parse($0) }
                return message?["nonce"]?.stringValue
            }
        }
    }

    private static func run(_ body: @escaping @Sendable (WalletStage, Receiver) async throws -> Void) async throws {
        let receiver = Receiver()
        var routes = Routes()
        routes.on(.post, "/callbacks/google", body: .collected(limit: 65_536)) { receiver.take($0.body) }
        try await RunningServer.serving(routes) { server in
            let url = server.url
            try await WalletStage.run { stage in
                try await stage.provide(.loyalty)
                let answer = try await stage.call(
                    .patch, "loyaltyClass/\(WalletStage.id("class-1"))",
                    [
                        "reviewStatus": "UNDER_REVIEW",
                        "callbackOptions": ["url": .string("\(url)/callbacks/google")],
                    ])
                #expect(answer.status == 200, "\(answer.json)")
                try await body(stage, receiver)
            }
        }
    }

    /// What a program that shares no code with us makes of a callback.
    private static func judge(
        _ stage: WalletStage, _ body: [UInt8], recipient: String = WalletStage.issuer, after seconds: Int = 0
    ) async throws -> ExternalTool.Result {
        let keys = try await stage.client.send(HTTPClientRequest(url: stage.wallet.keysURL))
        let directory = try TemporaryDirectory()
        let script = DemoAuthority.repository.appending(path: "Tests/Fixtures/google/verify_callback.py").path
        let now = stage.wallet.clock.now().adding(seconds: seconds).microseconds / 1_000
        return try ExternalTool.run([
            "python3", script, try directory.write(body, to: "callback"), try directory.write(keys.body, to: "keys"),
            recipient, "\(now)",
        ])
    }

    @Test("tells of a save and of a deletion in messages that another program believes")
    func tells() async throws {
        try await Self.run { stage, receiver in
            try stage.wallet.save(object: Self.objectID)
            try await eventually("the save") { receiver.bodies.count == 1 }
            stage.wallet.delete(object: Self.objectID)
            try await eventually("the deletion") { receiver.bodies.count == 2 }
            for (body, event) in zip(receiver.bodies, ["save", "del"]) {
                let judgement = try await Self.judge(stage, body)
                #expect(judgement.status == 0, "\(judgement.errors)")
                let message = try JSON.parse(judgement.output)
                #expect(message["eventType"]?.stringValue == event)
                #expect(message["objectId"]?.stringValue == Self.objectID)
                #expect(message["classId"]?.stringValue == WalletStage.id("class-1"))
                #expect(message["count"] == 1)
                #expect(UUID(uuidString: message["nonce"]?.stringValue ?? "") != nil)
            }
            #expect(Set(receiver.nonces).count == 2)
        }
    }

    @Test("writes the intermediate key as Google does, its signs escaped in the text that is signed")
    func escapesKey() async throws {
        try await Self.run { stage, _ in
            let body = try stage.wallet.callback(.save, of: Self.objectID)
            let key = try #require(JSON.parse(body)["intermediateSigningKey"]?["signedKey"]?.stringValue)
            #expect(key.contains(#"\u003d\u003d","keyExpiration":""#))
        }
    }

    @Test("is not believed by another issuer, nor when its hour is over")
    func isForOne() async throws {
        try await Self.run { stage, _ in
            let body = try stage.wallet.callback(.save, of: Self.objectID)
            #expect(try await Self.judge(stage, body).status == 0)
            #expect(try await Self.judge(stage, body, recipient: "3388000000022141778").errors == "signature\n")
            #expect(try await Self.judge(stage, body, after: 3_601).errors == "message expired\n")
            #expect(try await Self.judge(stage, body, after: 10 * 86_400).errors == "key expired\n")
        }
    }

    private static let forgeries: [(CallbackForgery, String)] = [
        (.changedMessage, "signature"), (.foreignSignature, "signature"), (.foreignRecipient, "signature"),
        (.foreignRoot, "root"), (.missingRootSignature, "root"), (.otherProtocol, "protocol"),
        (.expiredMessage, "message expired"), (.expiredKey, "key expired"), (.rewrittenKey, "root"),
    ]

    @Test("forges for tests what nobody should believe", arguments: forgeries.indices)
    func forges(_ index: Int) async throws {
        let (forgery, reason) = Self.forgeries[index]
        try await Self.run { stage, receiver in
            try stage.wallet.sendCallback(.save, of: Self.objectID, forgery: forgery)
            try await eventually("the forgery") { receiver.bodies.count == 1 }
            let judgement = try await Self.judge(stage, receiver.bodies[0])
            #expect(judgement.errors == "\(reason)\n", "\(forgery)")
        }
    }

    @Test("tries again until it is taken, and comes twice when that is set")
    func triesAgain() async throws {
        try await Self.run { stage, receiver in
            receiver.answer([503, 401])
            try stage.wallet.save(object: Self.objectID)
            try await eventually("the third attempt") { stage.wallet.sentCallbacks.first?.isOver == true }
            let record = try #require(stage.wallet.sentCallbacks.first)
            #expect(record.statuses == [503, 401, 200])
            #expect(record.isDelivered)
            #expect(Set(receiver.nonces) == [record.nonce])

            stage.wallet.change { $0.callbackDuplicates = 1 }
            stage.wallet.delete(object: Self.objectID)
            try await eventually("both") { receiver.bodies.count == 5 }
            #expect(receiver.nonces[3] == receiver.nonces[4])
        }
    }

    @Test("gives up after its attempts, stays away when told, and goes to no address that others could read")
    func givesUp() async throws {
        try await Self.run { stage, receiver in
            stage.wallet.change { $0.callbackAttempts = 2 }
            receiver.answer([500, 500])
            try stage.wallet.save(object: Self.objectID)
            try await eventually("the end") { stage.wallet.sentCallbacks.first?.isOver == true }
            #expect(stage.wallet.sentCallbacks.first?.isDelivered == false)
            stage.wallet.change { $0.withholdsCallbacks = true }
            stage.wallet.delete(object: Self.objectID)
            #expect(stage.wallet.sentCallbacks.count == 1)
            let answer = try await stage.call(
                .patch, "loyaltyClass/\(WalletStage.id("class-1"))",
                ["reviewStatus": "UNDER_REVIEW", "callbackOptions": ["url": "http://wallet.example.com/"]])
            #expect(answer.status == 400)
        }
    }
}
