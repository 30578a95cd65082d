import Foundation
import HTTP2
import Support
import Testing

@Suite("HTTP/2: with programs that we did not write")
struct PeerTests {
    @Test("nghttpd answers our client")
    func nghttpd() async throws {
        let peer = try await Nghttpd.start()
        let client = try peer.client()
        let response = try await client.send(HTTP2Request(path: "/hello.txt"))
        #expect(response.status == 200)
        #expect(response.body == Array("hello".utf8))
        let outcomes = await Outcomes.of(3_000, on: client) { _ in HTTP2Request(path: "/hello.txt") }
        #expect(outcomes.answered == 3_000)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("a server that has fallen silent is found out by PING, and left")
    func silentServer() async throws {
        let peer = try await Nghttpd.start()
        let client = try peer.client {
            $0.requestTimeout = .seconds(4)
            $0.pingTimeout = .seconds(1)
        }
        #expect(try await client.send(HTTP2Request(path: "/hello.txt")).status == 200)
        peer.process.send(SIGSTOP)
        await #expect(throws: HTTP2Error.timedOut(wasSent: true)) {
            try await client.send(HTTP2Request(path: "/hello.txt"))
        }
        // The next one is on the same connection until that is given up.
        await #expect(throws: HTTP2Error.self) { try await client.send(HTTP2Request(path: "/hello.txt")) }
        peer.process.send(SIGCONT)
        try await eventually("an answer on a new connection") {
            let answer = try? await client.send(HTTP2Request(path: "/hello.txt"))
            return answer?.status == 200
        }
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("an idle connection is kept by PING")
    func idlePing() async throws {
        let peer = try await Nghttpd.start()
        let client = try peer.client { $0.pingAfterIdle = .milliseconds(100) }
        _ = try await client.send(HTTP2Request(path: "/hello.txt"))
        try await eventually("three pings") { try peer.log().components(separatedBy: "recv PING").count > 3 }
        #expect(try await client.send(HTTP2Request(path: "/hello.txt")).status == 200)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("an idle connection whose server is silent is given up, and the next request gets a new one")
    func idleDeath() async throws {
        let peer = try await Nghttpd.start()
        let client = try peer.client {
            $0.pingAfterIdle = .milliseconds(300)
            $0.pingTimeout = .seconds(8)
        }
        _ = try await client.send(HTTP2Request(path: "/hello.txt"))
        peer.process.send(SIGSTOP)
        try await eventually("the end of the connection") { client.capacity == 1 }
        peer.process.send(SIGCONT)
        #expect(try await client.send(HTTP2Request(path: "/hello.txt")).status == 200)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("h2load gets 10,000 answers from our server", arguments: [1, 100])
    func h2load(streams: Int) async throws {
        let test = try await TestServer.start()
        let output = try await Program.succeed([
            "h2load", "-n", "10000", "-c", "2", "-m", "\(streams)", "https://127.0.0.1:\(test.server.port)/load",
        ])
        #expect(output.contains("10000 succeeded, 0 failed, 0 errored, 0 timeout"))
        #expect(test.seen.paths["/load"] == 10_000)
    }

    @Test("curl gets an answer from our server, and shows it a certificate")
    func curl() async throws {
        let test = try await TestServer.start { configuration, authority in
            configuration.clientCertificates = .required(authorities: try authority.passAuthorities())
        }
        let files = test.authority
        let output = try await Program.succeed([
            "curl", "-sS", "--http2", "--max-time", "20", "--cacert", files.path("root.pem"), "--cert",
            files.path("pass.pem"), "--key", files.path("pass.key.pem"), "-d", "payload", "-w",
            " %{http_code} %{http_version}",
            "https://localhost:\(test.server.port)/curl",
        ])
        #expect(output == "payload 200 2")
    }

    @Test(
        "takes no server that speaks no HTTP/2, or TLS 1.1",
        arguments: [
            ([], HTTP2Error.notHTTP2),
            (["-alpn", "http/1.1"], .handshakeFailed(reason: "tlsv1 alert no application protocol")),
            (["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], .handshakeFailed(reason: "tlsv1 alert protocol version")),
        ])
    func otherProtocols(_ row: (options: [String], error: HTTP2Error)) async throws {
        let authority = try await PassAuthority.shared()
        let port = try FreePorts.take()
        let directory = try TestDirectory()
        let server = try await ChildProcess.start(
            [
                "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-cert", authority.path("server.pem"), "-key",
                authority.path("server.key.pem"), "-quiet",
            ] + row.options, outputTo: directory.path("log"))
        defer { server.send(SIGKILL) }
        let root = try authority.pem("root.pem")
        try await eventually("\(row.error) from \(row.options)") {
            let configuration = HTTP2ClientConfiguration(host: "127.0.0.1", port: port, trustedCertificates: root)
            do throws(HTTP2Error) {
                _ = try await HTTP2Client(configuration: configuration).send(HTTP2Request(path: "/"))
                return false
            } catch {
                // Before the server listens, the connection is refused.
                return error == row.error
            }
        }
    }

    @Test("our server ends a connection that does not ask for HTTP/2")
    func noProtocol() async throws {
        let test = try await TestServer.start()
        let port = test.server.port
        let script = "echo | openssl s_client -connect 127.0.0.1:\(port) -CAfile '\(test.authority.path("root.pem"))'"
        let output = try await Program.run(["bash", "-c", script]).output
        #expect(output.contains("Verification: OK"))
        #expect(output.contains("No ALPN negotiated"))
        let old = try await Program.run(["bash", "-c", script + " -alpn h2 -tls1_1 -cipher ALL:@SECLEVEL=0"]).output
        #expect(old.contains("alert protocol version"))
        try await eventually("both handshakes to be counted") { test.server.counts.failedHandshakes == 2 }
        #expect(test.server.counts.connections == 0)
    }
}
