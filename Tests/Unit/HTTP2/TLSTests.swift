import HTTP2
import Support
import Testing

@Suite("HTTP/2: TLS")
struct TLSTests {
    @Test("calls PEM that is none an error when the client is made")
    func faultyPEM() async throws {
        let authority = try await PassAuthority.shared()
        let chain = try authority.pem("pass.pem")
        let key = try authority.pem("pass.key.pem")
        let broken = chain.replacing("MII", with: "!!!")
        let identities = [
            TLSIdentity(certificateChain: "", privateKey: key),
            TLSIdentity(certificateChain: "no certificate", privateKey: key),
            TLSIdentity(certificateChain: broken, privateKey: key),
            TLSIdentity(certificateChain: chain + broken, privateKey: key),
            TLSIdentity(certificateChain: chain, privateKey: ""),
            TLSIdentity(certificateChain: chain, privateKey: chain),
            TLSIdentity(certificateChain: chain, privateKey: try authority.pem("other.key.pem")),
        ]
        for (number, identity) in identities.enumerated() {
            let configuration = HTTP2ClientConfiguration(host: "localhost", identity: identity)
            guard case .unusableIdentity(let reason)? = Self.fault(of: configuration) else {
                Issue.record("identity \(number) was taken")
                continue
            }
            #expect(!reason.isEmpty)
        }
        for text in ["", "no certificate", broken, chain + broken] {
            let configuration = HTTP2ClientConfiguration(host: "localhost", trustedCertificates: text)
            guard case .unusableAuthorities? = Self.fault(of: configuration) else {
                Issue.record("authorities were taken")
                continue
            }
        }
        #expect(Self.fault(of: HTTP2ClientConfiguration(host: "localhost", trustedCertificates: chain)) == nil)
    }

    private static func fault(of configuration: HTTP2ClientConfiguration) -> HTTP2Error? {
        do throws(HTTP2Error) {
            _ = try HTTP2Client(configuration: configuration)
            return nil
        } catch {
            return error
        }
    }

    @Test("refuses an encrypted key instead of asking the terminal for its password")
    func encryptedKey() async throws {
        let authority = try await PassAuthority.shared()
        let directory = try TestDirectory()
        let path = directory.path("locked.pem")
        try await Program.succeed(
            [
                "openssl", "pkcs8", "-topk8", "-in", authority.path("pass.key.pem"), "-passout", "pass:word", "-out",
                path,
            ])
        let identity = TLSIdentity(
            certificateChain: try authority.pem("pass.pem"),
            privateKey: String(decoding: try directory.bytes("locked.pem"), as: UTF8.self))
        let configuration = HTTP2ClientConfiguration(host: "localhost", identity: identity)
        guard case .unusableIdentity? = Self.fault(of: configuration) else {
            Issue.record("the key was taken")
            return
        }
    }

    @Test("says nothing of a key in any description")
    func secrets() async throws {
        let authority = try await PassAuthority.shared()
        let identity = try authority.identity("pass")
        for text in ["\(identity)", String(reflecting: identity)] { #expect(!text.contains("PRIVATE")) }
        var dumped = ""
        dump(HTTP2ClientConfiguration(host: "localhost", identity: identity), to: &dumped)
        #expect(!dumped.contains("PRIVATE"))
    }

    @Test("trusts only the given authorities")
    func untrusted() async throws {
        let test = try await TestServer.start()
        let other = try test.authority.pem("other-root.pem")
        let client = try test.client { $0.trustedCertificates = other }
        await #expect(throws: HTTP2Error.untrustedServer(reason: "unable to get local issuer certificate")) {
            try await client.send(HTTP2Request(path: "/"))
        }
        let systems = try test.client { $0.trustedCertificates = nil }
        await #expect(throws: HTTP2Error.untrustedServer(reason: "unable to get local issuer certificate")) {
            try await systems.send(HTTP2Request(path: "/"))
        }
        #expect(test.seen.paths.isEmpty)
    }

    @Test("trusts a certificate for the name that was asked for alone")
    func otherName() async throws {
        let test = try await TestServer.start { configuration, _ in configuration.address = "0.0.0.0" }
        let client = try test.client { $0.host = "127.0.0.2" }
        await #expect(throws: HTTP2Error.untrustedServer(reason: "IP address mismatch")) {
            try await client.send(HTTP2Request(path: "/"))
        }
    }

    @Test("does not trust a server whose certificate has expired")
    func expired() async throws {
        let files = try await TLSFiles()
        func text(_ name: String) throws -> String { String(decoding: try files.bytes(name), as: UTF8.self) }
        let identity = TLSIdentity(certificateChain: try text("old.pem"), privateKey: try text("old.key"))
        let test = try await TestServer.start { configuration, _ in configuration.identity = identity }
        let authority = try text("authority.pem")
        let client = try test.client { $0.trustedCertificates = authority }
        await #expect(throws: HTTP2Error.untrustedServer(reason: "certificate has expired")) {
            try await client.send(HTTP2Request(path: "/"))
        }
    }

    @Test("shows its certificate with the intermediate, and tells OpenSSL's words when it is refused")
    func clientCertificates() async throws {
        let test = try await TestServer.start { configuration, authority in
            // The root alone: the intermediate must come from the client.
            configuration.clientCertificates = .required(authorities: try authority.pem("root.pem"))
        }
        let known = try test.client { $0.identity = try test.authority.identity("pass") }
        #expect(try await known.send(HTTP2Request(path: "/")).status == 200)
        #expect(test.server.connections.first?.peerCertificate?.fault == nil)
        await known.shutdown(deadline: .seconds(5))

        let words = [
            nil: "tlsv13 alert certificate required", "expired": "sslv3 alert certificate expired",
            "wrong-issuer": "tlsv1 alert unknown ca",
        ]
        for (name, reason) in words {
            let client = try test.client { $0.identity = try name.map { try test.authority.identity($0) } }
            await #expect(throws: HTTP2Error.handshakeFailed(reason: reason)) {
                try await client.send(HTTP2Request(path: "/"))
            }
        }
        #expect(test.server.counts.requests == 1)
    }

    @Test("a server that only asks learns what is wrong with a certificate")
    func askedCertificates() async throws {
        let test = try await TestServer.start { configuration, authority in
            configuration.clientCertificates = .asked(authorities: try authority.passAuthorities())
        } handler: { request, responder, _ in
            let certificate = request.connection.peerCertificate
            responder.respond(
                HTTP2Response(status: 200, body: Array((certificate.map { $0.fault ?? "trusted" } ?? "none").utf8)))
        }
        let expected = [
            nil: "none", "pass": "trusted", "expired": "certificate has expired",
            "wrong-issuer": "unable to get local issuer certificate",
        ]
        for (name, answer) in expected {
            let client = try test.client { $0.identity = try name.map { try test.authority.identity($0) } }
            let response = try await client.send(HTTP2Request(path: "/"))
            #expect(String(decoding: response.body, as: UTF8.self) == answer)
            await client.shutdown(deadline: .seconds(5))
        }
    }
}
