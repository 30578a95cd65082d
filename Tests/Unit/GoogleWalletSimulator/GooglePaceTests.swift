import GoogleWalletSimulator
import HTTPClient
import HTTPTypes
import JSON
import Testing

@Suite struct GooglePaceTests {
    private static func frozen(_ configuration: inout GoogleWalletConfiguration) {
        configuration.settings.callsPerSecond = 20
        configuration.settings.burst = 20
    }

    @Test("has twenty calls a second for each issuer, and says 429 to the next")
    func limits() async throws {
        try await WalletStage.run(Self.frozen) { stage in
            try stage.wallet.put(Issuer(issuerId: "42", name: "Others"))
            stage.wallet.changeIssuer("42") { $0.permissions[WalletStage.email] = .owner }
            stage.wallet.clock.freeze(at: .now())
            let token = try await stage.token()
            func statuses(_ count: Int, _ path: String) async throws -> [Int] {
                var statuses: [Int] = []
                for _ in 0..<count { statuses.append(try await stage.call(.get, path, token: token).status) }
                return statuses
            }
            let own = "issuer/\(WalletStage.issuer)"
            #expect(try await statuses(22, own) == [Int](repeating: 200, count: 20) + [429, 429])
            #expect(try await statuses(1, "issuer/42") == [200])
            stage.wallet.clock.advance(seconds: 0.1)
            #expect(try await statuses(3, own) == [200, 200, 429])
            stage.wallet.clock.advance(seconds: 60)
            #expect(try await statuses(21, own) == [Int](repeating: 200, count: 20) + [429])
            let refused = try await stage.call(.get, own, token: token)
            #expect(refused.error?["status"] == "RESOURCE_EXHAUSTED")
            #expect(refused.response.headers["Retry-After"] == nil)
        }
    }

    @Test("counts each part of a batch, answers in their order, and lets them inherit the login")
    func batches() async throws {
        try await WalletStage.run(Self.frozen) { stage in
            stage.wallet.clock.freeze(at: .now())
            let token = try await stage.token()
            var body = ""
            for number in 0..<21 {
                body += "--b\r\nContent-Type: application/http\r\nContent-ID: <item-\(number)>\r\n\r\n"
                body += "POST /walletobjects/v1/genericClass\r\nContent-Type: application/json\r\n\r\n"
                body += #"{"id":"\#(WalletStage.id("c\(number % 20)"))"}"# + "\r\n"
            }
            body += "--b--\r\n"
            let answer = try await stage.send(
                HTTPClientRequest(
                    method: .post, url: "\(stage.wallet.url)/batch",
                    headers: [
                        "Content-Type": "multipart/mixed; boundary=b", "Authorization": "Bearer \(token)",
                    ], body: Array(body.utf8)))
            #expect(answer.status == 200)
            // Read by Python's parser of e-mails.
            let script = """
                import email, sys
                head = ("Content-Type: " + sys.argv[1] + "\\r\\n\\r\\n").encode()
                whole = email.message_from_bytes(head + sys.stdin.buffer.read())
                for part in whole.get_payload():
                    print(part["Content-ID"], part.get_content_type(), part.get_payload().split(" ")[1])
                """
            let type = try #require(answer.response.headers["Content-Type"])
            let read = try ExternalTool.run(["python3", "-c", script, type], input: answer.response.body)
            let lines = (0..<21).map { "<response-item-\($0)> application/http \($0 < 20 ? 200 : 429)" }
            #expect(read.text == lines.joined(separator: "\n") + "\n", "\(read.errors)")
            #expect(stage.wallet.resourceCounts.classes == 20)
        }
    }

    @Test("takes batches with bare line feeds, JSON parts and queries, as Google's own sample sends them")
    func takesSamples() async throws {
        try await WalletStage.run { stage in
            let id = WalletStage.id("a")
            let body = """
                --batch_createobjectbatch
                Content-Type: application/json

                POST /walletobjects/v1/genericClass?strict=true

                {"id":"\(id)"}
                --batch_createobjectbatch
                Content-Type: application/json

                GET /walletobjects/v1/genericClass/\(id)?prettyPrint=false

                --batch_createobjectbatch--
                """
            let answer = try await stage.send(
                HTTPClientRequest(
                    method: .post, url: "\(stage.wallet.url)/batch",
                    headers: [
                        "Content-Type": "multipart/mixed; boundary=batch_createobjectbatch",
                        "Authorization": "Bearer \(try await stage.token())",
                    ], body: Array(body.utf8)))
            #expect(answer.status == 200)
            let text = String(decoding: answer.response.body, as: UTF8.self)
            #expect(text.contains(#"{"id":"\#(id)"}"#))
        }
    }

    @Test(
        "refuses batches that are none",
        arguments: [
            ("multipart/mixed", "--b\r\n\r\nGET /\r\n--b--"), ("multipart/mixed; boundary=b", "--b--"),
            ("multipart/mixed; boundary=b", "--b\r\n\r\nGET https://example.com/\r\n\r\n--b--"),
        ])
    func refuses(_ type: String, _ body: String) async throws {
        try await WalletStage.run { stage in
            let answer = try await stage.send(
                HTTPClientRequest(
                    method: .post, url: "\(stage.wallet.url)/batch", headers: ["Content-Type": type],
                    body: Array(body.utf8)))
            #expect(answer.status == 400)
        }
    }
}
