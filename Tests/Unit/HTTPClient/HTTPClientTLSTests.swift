import Foundation
import HTTPClient
import HTTPTypes
import Testing

@Suite("HTTP client: TLS")
struct HTTPClientTLSTests {
    private func page(_ server: TLSServer, _ configuration: HTTPClientConfiguration) async throws -> String {
        let client = HTTPClient(configuration: configuration)
        return String(decoding: try await client.send(HTTPClientRequest(url: server.url)).body, as: UTF8.self)
    }

    @Test("trusts the authority that it is given, over TLS 1.3 and 1.2", arguments: ["-tls1_3", "-tls1_2"])
    func trusted(_ version: String) async throws {
        let files = try await TLSFiles()
        let server = try await TLSServer(files, [version])
        let page = try await page(server, HTTPClientConfiguration(caFile: files.path("authority.pem")))
        #expect(page.contains(version == "-tls1_3" ? "New, TLSv1.3" : "New, TLSv1.2"))
    }

    @Test("refuses TLS 1.1")
    func oldVersion() async throws {
        let files = try await TLSFiles()
        let server = try await TLSServer(files, ["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"])
        await #expect(throws: HTTPClientError.handshakeFailed) {
            try await page(server, HTTPClientConfiguration(caFile: files.path("authority.pem")))
        }
    }

    @Test(
        "refuses a server of another authority, another name, or out of date",
        arguments: ["server", "other-name", "old"])
    func untrusted(_ certificate: String) async throws {
        let files = try await TLSFiles()
        let server = try await TLSServer(files, certificate: certificate)
        let authority = certificate == "server" ? "stranger.pem" : "authority.pem"
        await #expect(throws: HTTPClientError.untrustedServer) {
            try await page(server, HTTPClientConfiguration(caFile: files.path(authority)))
        }
        await #expect(throws: HTTPClientError.untrustedServer) { try await page(server, HTTPClientConfiguration()) }
    }

    @Test("shows its certificate, from memory")
    func clientCertificate() async throws {
        let files = try await TLSFiles()
        let server = try await TLSServer(
            files, ["-Verify", "1", "-verify_return_error", "-CAfile", files.path("authority.pem")])
        let page = try await page(
            server,
            HTTPClientConfiguration(
                caFile: files.path("authority.pem"), clientCertificatePEM: try files.bytes("client.pem"),
                clientKeyPEM: try files.bytes("client.key")))
        #expect(page.contains("Client certificate") && page.replacing(" ", with: "").contains("Subject:CN=client\n"))
    }

    @Test("is refused without a certificate where one is asked for")
    func missingCertificate() async throws {
        let files = try await TLSFiles()
        let server = try await TLSServer(
            files, ["-tls1_2", "-Verify", "1", "-verify_return_error", "-CAfile", files.path("authority.pem")])
        await #expect(throws: HTTPClientError.handshakeFailed) {
            try await page(server, HTTPClientConfiguration(caFile: files.path("authority.pem")))
        }
    }

    @Test("names a key of another certificate, with a password, or missing, and a file that is not there")
    func unusable() async throws {
        let files = try await TLSFiles()
        let server = try await TLSServer(files)
        for key in ["server.key", "locked.key"] {
            let configuration = HTTPClientConfiguration(
                caFile: files.path("authority.pem"), clientCertificatePEM: try files.bytes("client.pem"),
                clientKeyPEM: try files.bytes(key))
            await #expect(throws: HTTPClientError.unusableClientCertificate) {
                try await page(server, configuration)
            }
        }
        await #expect(throws: HTTPClientError.unusableClientCertificate) {
            let certificate = try files.bytes("client.pem")
            return try await page(server, HTTPClientConfiguration(clientCertificatePEM: certificate))
        }
        await #expect(throws: HTTPClientError.unreadableAuthorities) {
            try await page(server, HTTPClientConfiguration(caFile: files.path("missing.pem")))
        }
    }

    @Test("shows no key in a description")
    func description() {
        let configuration = HTTPClientConfiguration(clientKeyPEM: Array("hidden".utf8))
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("104") && !"\(configuration)".contains("104"))
    }
}
