import Contracts
import Cryptography
import HTTPClient
import HTTPTypes
import JSON
import ServiceKit
import Testing
import Tracing

@testable import GoogleBridge

@Suite("Calls of google-bridge to Google") struct PacedWalletTests {
    /// Everything that one replica calls Google with.
    private struct Caller: Sendable {
        let wallet: PacedWallet
        let issuer: IssuerCredentials

        init(_ bridge: BridgeUnderTest, ratePerSecond: Double = 0) throws {
            let metrics = Metrics()
            wallet = PacedWallet(
                client: WalletClient(client: bridge.client, root: bridge.googleURL),
                tokens: AccessTokenSource(client: bridge.client, metrics: metrics),
                pace: Pace(store: PaceStore(database: bridge.pool), ratePerSecond: ratePerSecond),
                metrics: WalletMetrics(metrics))
            let file = try GoogleFixtures.serviceAccount(tokenURI: bridge.googleURL + "/token").objectValue ?? [:]
            issuer = IssuerCredentials(
                walletConfiguration: try #require(WalletConfigurationID(rawValue: "acme")),
                issuerID: try #require(GoogleIssuerID(rawValue: GoogleFixtures.issuerID)),
                account: try ServiceAccount(file))
        }

        func get(by seconds: Double = 20) async throws {
            _ = try await wallet.call(
                .get(.class, .loyalty, id: "x"), as: issuer, by: .now + .seconds(seconds))
        }

        /// Calls, and takes it that Google has no such class.
        func getMissing(by seconds: Double = 20) async throws {
            do { try await get(by: seconds) } catch let failure as GoogleFailure where failure.consequence == .missing {
            }
        }
    }

    @Test("fetch one token for many calls at once, and keep it")
    func oneToken() async throws {
        try await BridgeUnderTest.run(works: false) { bridge in
            let caller = try Caller(bridge)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { try await caller.getMissing() } }
                try await group.waitForAll()
            }
            #expect(bridge.google.tokenRequests == 1)
            #expect(bridge.google.calls.count == 20)
            // Google compresses its answers for whoever takes them so.
            #expect(bridge.google.calls.allSatisfy { $0.acceptedEncoding == "gzip" })
        }
    }

    @Test("are told nothing of the trace that they belong to")
    func noTrace() async throws {
        try await BridgeUnderTest.run(works: false) { bridge in
            let caller = try Caller(bridge)
            try await Tracer(ratio: 1) { _ in }.work("work") { try await caller.getMissing() }
            #expect(bridge.google.calls.count == 1 && bridge.google.calls.allSatisfy { $0.traceparent == nil })
        }
    }

    @Test("replace a token a minute before its end")
    func renewal() async throws {
        try await BridgeUnderTest.run(works: false) { bridge in
            let caller = try Caller(bridge)
            bridge.google.giveTokens(for: 60)
            try await caller.getMissing()
            bridge.google.giveTokens(for: 3_600)
            try await caller.getMissing()
            try await caller.getMissing()
            #expect(bridge.google.tokenRequests == 2)
        }
    }

    @Test("are sent once more with a new token when Google refuses the old one, and not twice")
    func unauthorized() async throws {
        try await BridgeUnderTest.run(works: false) { bridge in
            let caller = try Caller(bridge)
            try await caller.getMissing()
            bridge.google.revokeTokens()
            try await caller.getMissing()
            #expect(bridge.google.tokenRequests == 2)
            #expect(bridge.google.calls.count == 3)
            bridge.google.script(.answer(.unauthorized, reason: "authError", message: "No."), times: 2)
            let failure = await #expect(throws: GoogleFailure.self) { try await caller.get() }
            #expect(failure?.consequence == .unauthorized)
            #expect(bridge.google.calls.count == 5)
        }
    }

    @Test("fail for good in Google's words when it gives the account no token")
    func refusedToken() async throws {
        try await BridgeUnderTest.run(works: false) { bridge in
            let caller = try Caller(bridge)
            bridge.google.refuseTokens("invalid_grant")
            let failure = await #expect(throws: GoogleFailure.self) { try await caller.get() }
            #expect(failure?.consequence == .permanent)
            #expect(failure?.message == "invalid_grant: Invalid JWT Signature.")
            #expect(bridge.google.calls.isEmpty)
        }
    }

    @Test("keep the pace together, however many replicas there are")
    func pace() async throws {
        try await BridgeUnderTest.run(works: false) { bridge in
            let callers = try (0..<2).map { _ in try Caller(bridge, ratePerSecond: 50) }
            for caller in callers { try await caller.getMissing() }
            // Time that nobody used is not saved up.
            #expect(
                try await bridge.count(
                    """
                    WITH idle AS (UPDATE google.paces SET next_call_at = next_call_at - interval '1 hour' RETURNING 1)
                    SELECT count(*) FROM idle
                    """) == 1)
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 { group.addTask { try await callers[number % 2].getMissing() } }
                try await group.waitForAll()
            }
            #expect(bridge.google.calls.count == 102)
            #expect(PaceReading(bridge.google.calls.map(\.at), since: start).keeps(50))
        }
    }

    @Test("are not sent when their turn comes too late")
    func noPlace() async throws {
        try await BridgeUnderTest.run(works: false) { bridge in
            let caller = try Caller(bridge, ratePerSecond: 0.01)
            try await caller.getMissing()
            let failure = await #expect(throws: GoogleFailure.self) { try await caller.get(by: 1) }
            #expect(failure?.reason == "paced")
            #expect(bridge.google.calls.count == 1)
        }
    }

    @Test("wait for as long as Google asks, on every replica")
    func patience() async throws {
        try await BridgeUnderTest.run(works: false) { bridge in
            let callers = try (0..<2).map { _ in try Caller(bridge, ratePerSecond: 1_000) }
            bridge.google.script(
                .answer(.tooManyRequests, reason: "rateLimitExceeded", message: "Slow", retryAfter: "2"))
            await #expect(throws: GoogleFailure.self) { try await callers[0].get() }
            try await callers[1].getMissing()
            let times = bridge.google.calls.map(\.at)
            #expect(times[0].duration(to: times[1]) >= .seconds(2))
        }
    }

    @Test("wait ten seconds for an answer, however much time there is")
    func answerDeadline() async throws {
        try await BridgeUnderTest.run(works: false) { bridge in
            let caller = try Caller(bridge)
            try await caller.getMissing()
            bridge.google.script(.slow(.seconds(40)))
            let start = ContinuousClock.now
            let failure = await #expect(throws: GoogleFailure.self) { try await caller.get(by: 30) }
            #expect(failure?.reason == "unanswered" && failure?.consequence == .retry)
            #expect((9.0..<20).contains(start.duration(to: .now) / .seconds(1)))
        }
    }
}
