import Archive
import Cryptography
import HTTPServer
import HTTPTypes

extension GoogleWallet {
    private static let longestBody = 4 << 20

    /// All that Google serves.
    func walletRoutes() -> Routes {
        var routes = Routes()
        let paths: [PathTemplate] = [
            "/walletobjects/v1/{collection}", "/walletobjects/v1/{collection}/{id}",
            "/walletobjects/v1/{collection}/{id}/{verb}",
        ]
        for path in paths {
            for method in [HTTPMethod.get, .post, .put, .patch, .delete] {
                routes.on(method, path, body: .collected(limit: Self.longestBody)) { [self] request in
                    let call = WalletCall(request)
                    return packed(try await serve(call) { try await answer($0, &$1) }, for: call)
                }
            }
        }
        routes.on(.post, "/batch", body: .collected(limit: Self.longestBody)) { [self] request in
            let call = WalletCall(request)
            return packed(try await answerBatch(call), for: call)
        }
        routes.on(.post, "/token", body: .collected(limit: 65_536)) { [self] request in
            HTTPResponse(try await serve(WalletCall(request)) { grantToken($0, &$1) })
        }
        routes.on(.get, "/gp/m/issuer/keys") { [self] request in
            HTTPResponse(
                try await serve(WalletCall(request)) { _, _ in
                    var reply = WalletReply(.ok, body: signer.keys(at: clock.now()).serialized())
                    reply.headers["Cache-Control"] = "private, max-age=3600"
                    return reply
                })
        }
        addSavePage(to: &routes)
        return routes
    }

    /// Each part is a call of its own, also to the pace.
    private func answerBatch(_ call: WalletCall) async throws -> WalletReply {
        let batch: Batch
        do throws(WalletError) {
            batch = try Batch(call)
        } catch {
            return WalletReply(error)
        }
        var answers: [(contentID: String?, reply: WalletReply)] = []
        for part in batch.parts {
            let reply = try await serve(part.call) { try await answer($0, &$1) }
            answers.append((part.contentID, reply))
        }
        return Batch.reply(answers, boundary: "batch_\(Base64URL.encode(SecureRandom.bytes(18)))")
    }

    /// Compressed when the caller asks for it in both ways that Google wants.
    private func packed(_ reply: WalletReply, for call: WalletCall) -> HTTPResponse {
        var response = HTTPResponse(reply)
        let wantsGZip =
            call.headers["Accept-Encoding"]?.contains("gzip") == true
            && call.headers["User-Agent"]?.contains("gzip") == true
        if wantsGZip, let compressed = GZip.compress(reply.body) {
            response.body = .bytes(compressed)
            response.headers["Content-Encoding"] = "gzip"
        }
        return response
    }
}

extension HTTPResponse {
    /// An answer as it goes out.
    init(_ reply: WalletReply) {
        self.init(reply.status, headers: reply.headers, body: .bytes(reply.body))
    }
}
