import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import Testing

@Suite("HTTP client: what is answered")
struct HTTPClientAnswerTests {
    private func get(
        _ path: String, from server: OddServer, _ change: (inout HTTPClientRequest) -> Void = { _ in }
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: server.url + path)
        change(&request)
        return try await HTTPClient().send(request)
    }

    @Test("gives status, fields in their order and body")
    func answer() async throws {
        var routes = Routes()
        routes.on(.get, "/thing") { _ in
            HTTPResponse(.conflict, headers: ["X-Thing": "1"], body: .bytes([0, 13, 10, 255]))
        }
        try await RunningServer.serving(routes) { server in
            let response = try await HTTPClient().send(HTTPClientRequest(url: server.url + "/thing"))
            #expect(response.status == .conflict)
            #expect(response.headers["x-thing"] == "1")
            #expect(response.body == [0, 13, 10, 255])
        }
    }

    @Test("gives a HEAD's length without waiting for a body")
    func head() async throws {
        var routes = Routes()
        routes.on(.get, "/thing") { _ in HTTPResponse(body: .bytes([UInt8](repeating: 1, count: 5_000))) }
        try await RunningServer.serving(routes) { server in
            let response = try await HTTPClient().send(
                HTTPClientRequest(method: .head, url: server.url + "/thing", maximumResponseBytes: 10))
            #expect(response.headers["Content-Length"] == "5000")
            #expect(response.body.isEmpty)
        }
    }

    /// `{"text":"abab…"}` of 1,211 bytes as gzip(1) writes it.
    private static let gzipped = "H4sIAAAAAAACA6tWKkmtKFGyUkpMGoWjcBSOwqEBlWoBhyPytLsEAAA="

    private static func compressing() throws -> Routes {
        let bytes = Array(try #require(Data(base64Encoded: gzipped)))
        var routes = Routes()
        routes.on(.get, "/thing") { request in
            guard request.headers["Accept-Encoding"]?.contains("gzip") == true else { return .text("plain") }
            return HTTPResponse(headers: ["Content-Encoding": "gzip"], body: .bytes(bytes))
        }
        return routes
    }

    @Test("decompresses an answer that may come compressed, and asks for none otherwise")
    func compressed() async throws {
        try await RunningServer.serving(try Self.compressing()) { server in
            let client = HTTPClient()
            let request = HTTPClientRequest(url: server.url + "/thing", acceptsGzip: true)
            let expected = "{\"text\":\"" + String(repeating: "ab", count: 600) + "\"}"
            let response = try await client.send(request)
            #expect(response.body == Array(expected.utf8))
            let plain = try await client.send(HTTPClientRequest(url: server.url + "/thing"))
            #expect(plain.body == Array("plain".utf8))
        }
    }

    @Test("counts the decompressed bytes against the limit")
    func compressedLimit() async throws {
        try await RunningServer.serving(try Self.compressing()) { server in
            let request = HTTPClientRequest(
                url: server.url + "/thing", maximumResponseBytes: 1_000, acceptsGzip: true)
            await #expect(throws: HTTPClientError.responseTooLarge) { try await HTTPClient().send(request) }
        }
    }

    @Test("keeps repeated and empty fields")
    func repeated() async throws {
        let response = try await get("/repeated", from: try await OddServer())
        #expect(response.headers.values(for: "Set-Cookie") == ["a", "b"])
        #expect(response.headers["X-Empty"] == "")
    }

    @Test("passes over interim answers and trailers")
    func interim() async throws {
        let server = try await OddServer()
        let early = try await get("/early", from: server)
        #expect(early.status == .ok && early.headers["Link"] == nil)
        #expect(early.body == Array("late".utf8))
        let trailer = try await get("/trailer", from: server)
        #expect(trailer.body == Array("abc".utf8) && trailer.headers["X-Trailer"] == nil)
    }

    @Test(
        "names what an answer lacks",
        arguments: [
            ("/garbage", HTTPClientError.malformedResponse), ("/cut", .connectionLost), ("/nothing", .connectionLost),
            ("/fields", .responseTooLarge), ("/endless", .responseTooLarge),
        ])
    func odd(_ path: String, _ fault: HTTPClientError) async throws {
        let server = try await OddServer()
        await #expect(throws: fault) { try await get(path, from: server) { $0.maximumResponseBytes = 1 << 20 } }
    }

    @Test("takes a body of exactly the allowed length, and not one byte more")
    func limit() async throws {
        var routes = Routes()
        routes.on(.get, "/") { _ in HTTPResponse(body: .bytes([UInt8](repeating: 1, count: 100_000))) }
        try await RunningServer.serving(routes) { server in
            let enough = HTTPClientRequest(url: server.url + "/", maximumResponseBytes: 100_000)
            let response = try await HTTPClient().send(enough)
            #expect(response.body.count == 100_000)
            let tooLittle = HTTPClientRequest(url: server.url + "/", maximumResponseBytes: 99_999)
            await #expect(throws: HTTPClientError.responseTooLarge) { try await HTTPClient().send(tooLittle) }
        }
    }

    @Test("follows no redirect unless it is asked to")
    func redirect() async throws {
        let server = try await OddServer()
        let response = try await get("/to-echo", from: server)
        #expect(response.status == .found && response.headers["Location"] == "/echo")
        let followed = try await get("/to-echo", from: server) { $0.followsRedirects = true }
        #expect(followed.status == .ok && followed.headers["Location"] == nil)
    }

    @Test("follows no redirect to another protocol, and none for ever", arguments: ["/to-ftp", "/to-file", "/loop"])
    func redirectAway(_ path: String) async throws {
        let server = try await OddServer()
        await #expect(throws: HTTPClientError.redirectRefused) {
            try await get(path, from: server) { $0.followsRedirects = true }
        }
    }

    @Test("repeats no POST at another address")
    func redirectedPost() async throws {
        let server = try await OddServer()
        let response = try await get("/to-echo", from: server) {
            $0.method = .post
            $0.followsRedirects = true
        }
        #expect(response.status == .found)
    }

    @Test("tells a server that is away from a name that is none")
    func unreachable() async throws {
        await #expect(throws: HTTPClientError.connectFailed) {
            try await HTTPClient().send(HTTPClientRequest(url: "http://127.0.0.1:1/"))
        }
        await #expect(throws: HTTPClientError.unresolvable) {
            try await HTTPClient().send(HTTPClientRequest(url: "http://name.invalid/"))
        }
    }

    @Test("says nothing of the URL in a description")
    func description() async throws {
        let request = HTTPClientRequest(
            url: "http://127.0.0.1:1/path-secret?query=secret", headers: ["Authorization": "Bearer secret"])
        let error = await #expect(throws: HTTPClientError.self) { try await HTTPClient().send(request) }
        #expect(error.map { !"\($0) \(String(reflecting: $0))".contains("secret") } == true)
    }
}
