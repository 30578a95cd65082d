import GoogleWalletSimulator
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Testing

@Suite struct GoogleFaultTests {
    private static func insert(_ stage: WalletStage, _ token: String, _ suffix: String = "a") async throws
        -> WalletStage.Answer
    {
        try await stage.call(.post, "genericClass", ["id": .string(WalletStage.id(suffix))], token: token)
    }

    @Test("refuses as often as it was told, and does nothing meanwhile")
    func refuses() async throws {
        try await WalletStage.run { stage in
            let token = try await stage.token()
            stage.wallet.script(.tooManyCalls(method: "POST", path: "/genericClass", times: 2, retryAfterSeconds: 3))
            stage.wallet.script(.forbidden(reason: "quotaExceeded", message: "Quota exceeded."))
            for _ in 0..<2 {
                let answer = try await Self.insert(stage, token)
                #expect(answer.status == 429)
                #expect(answer.response.headers["Retry-After"] == "3")
            }
            let forbidden = try await Self.insert(stage, token)
            #expect(forbidden.status == 403 && forbidden.reason == "quotaExceeded")
            #expect(stage.wallet.resourceCounts.classes == 0)
            #expect(try await Self.insert(stage, token).status == 200)
            #expect(stage.wallet.faults.isEmpty)
            #expect(stage.wallet.callCountByStatus[429] == 2)
            #expect(stage.wallet.calls.suffix(4).map(\.fault) == [.refuse, .refuse, .refuse, nil])
            #expect(stage.wallet.calls.suffix(4).allSatisfy { $0.issuerId == WalletStage.issuer })
        }
    }

    @Test("fails as servers fail, after calls that pass by, until it is told to stop")
    func failsForGood() async throws {
        try await WalletStage.run { stage in
            let token = try await stage.token()
            stage.wallet.script(Fault(.refuse, path: "genericClass", times: nil, skips: 1))
            #expect(try await Self.insert(stage, token).status == 200)
            for _ in 0..<3 { #expect(try await Self.insert(stage, token, "b").status == 503) }
            stage.wallet.clearFaults()
            #expect(try await Self.insert(stage, token, "b").status == 200)
        }
    }

    @Test("closes the connection before anything is done, or after it: then a retry meets what the first has made")
    func losesAnswers() async throws {
        try await WalletStage.run { stage in
            let token = try await stage.token()
            // On a connection of its own: a request on a kept one would be sent again on another.
            func insertOnce() async throws {
                let client = HTTPClient()
                defer { client.shutdown() }
                let fresh = WalletStage(wallet: stage.wallet, client: client, account: stage.account)
                _ = try await Self.insert(fresh, token)
            }
            stage.wallet.script(Fault(.drop))
            await #expect(throws: HTTPClientError.connectionLost) { try await insertOnce() }
            #expect(stage.wallet.resourceCounts.classes == 0)
            stage.wallet.script(Fault(.loseAnswer))
            await #expect(throws: HTTPClientError.connectionLost) { try await insertOnce() }
            #expect(stage.wallet.resourceCounts.classes == 1)
            #expect(try await Self.insert(stage, token).status == 409)
            #expect(stage.wallet.callCountByStatus[0] == 2)
        }
    }

    @Test("is slow, and still at work when the client has given up")
    func delays() async throws {
        try await WalletStage.run { stage in
            let token = try await stage.token()
            stage.wallet.script(Fault(.loseAnswer, milliseconds: 60_000))
            let request = HTTPClientRequest(
                method: .post, url: "\(stage.wallet.url)/walletobjects/v1/genericClass",
                headers: ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
                body: Array(#"{"id":"\#(WalletStage.id("a"))"}"#.utf8), deadline: .seconds(5))
            await #expect(throws: HTTPClientError.timedOut) { try await stage.client.send(request) }
            #expect(try await Self.insert(stage, token).status == 409)
            stage.wallet.script(Fault(.delay, milliseconds: 200))
            let start = ContinuousClock.now
            #expect(try await Self.insert(stage, token, "b").status == 200)
            #expect(start.duration(to: .now) >= .milliseconds(200))
        }
    }

    @Test("hits the token endpoint, the keys and the save page too")
    func hitsEverything() async throws {
        try await WalletStage.run { stage in
            stage.wallet.script(Fault(.refuse, path: "/token", status: 500))
            stage.wallet.script(Fault(.refuse, path: "/gp/m/issuer/keys", status: 502))
            stage.wallet.script(Fault(.refuse, path: "/gp/v/save", status: 503))
            let token = try await stage.ask(stage.signed(stage.claims()))
            #expect(token.status == 500)
            #expect(try await stage.send(HTTPClientRequest(url: stage.wallet.keysURL)).status == 502)
            #expect(try await stage.send(HTTPClientRequest(url: stage.wallet.saveURL + "/x")).status == 503)
            #expect(stage.wallet.calls.map(\.path).last == "/gp/v/save/…")
        }
    }

    @Test("counts the busiest second of an issuer")
    func counts() async throws {
        try await WalletStage.run { stage in
            let token = try await stage.token()
            for number in 0..<7 { _ = try await Self.insert(stage, token, "a\(number)") }
            #expect(stage.wallet.busiest(seconds: 3_600, issuer: WalletStage.issuer) == 7)
            #expect(stage.wallet.busiest(seconds: 3_600, issuer: "42") == 0)
            #expect(stage.wallet.busiest(seconds: 3_600) == 8)
            stage.wallet.forgetCalls()
            #expect(stage.wallet.busiest(seconds: 3_600) == 0)
        }
    }

    @Test("remembers the newest calls alone")
    func isBounded() async throws {
        try await WalletStage.run {
            $0.loggedCalls = 3
            $0.settings.callsPerSecond = 0
        } _: { stage in
            let token = try await stage.token()
            for number in 0..<5 { _ = try await Self.insert(stage, token, "a\(number)") }
            #expect(stage.wallet.calls.map(\.number) == [4, 5, 6])
            #expect(stage.wallet.callCountByStatus[200] == 6)
        }
    }

    @Test("stores no more than it may")
    func isFull() async throws {
        try await WalletStage.run {
            $0.settings.maximumResources = 2
            $0.settings.callsPerSecond = 0
        } _: { stage in
            let token = try await stage.token()
            #expect(try await Self.insert(stage, token, "a").status == 200)
            #expect(try await Self.insert(stage, token, "b").status == 200)
            #expect(try await Self.insert(stage, token, "c").status == 503)
        }
    }
}
