import Foundation
import HTTPClient
import HTTPTypes
import Testing

@Suite("HTTP client: what is sent")
struct HTTPClientRequestTests {
    private func echo(_ change: (inout HTTPClientRequest) -> Void) async throws -> [String] {
        let server = try await OddServer()
        var request = HTTPClientRequest(url: server.url + "/echo")
        change(&request)
        let response = try await HTTPClient().send(request)
        return String(decoding: response.body, as: UTF8.self).components(separatedBy: "\r\n")
    }

    @Test(
        "sends each method with its body",
        arguments: [HTTPMethod.post, .put, .patch, .delete, HTTPMethod(rawValue: "REPORT")])
    func methods(_ method: HTTPMethod) async throws {
        let lines = try await echo {
            $0.method = method
            $0.body = Array("a body".utf8)
        }
        #expect(lines.first == "\(method.rawValue) /echo HTTP/1.1")
        #expect(lines.contains("Content-Length: 6"))
        #expect(lines.last == "a body")
    }

    @Test("says that an empty body is empty", arguments: [HTTPMethod.post, .put, .patch])
    func emptyBodies(_ method: HTTPMethod) async throws {
        let lines = try await echo { $0.method = method }
        #expect(lines.contains("Content-Length: 0"))
    }

    @Test("adds nothing of libcurl's own to the header fields")
    func fields() async throws {
        let lines = try await echo {
            $0.method = .post
            $0.headers = ["X-One": "1", "X-Empty": "", "x-one": "2"]
            // Long enough for libcurl to ask for permission first.
            $0.body = [UInt8](repeating: 0x61, count: 2 << 20)
        }
        let fields = lines.dropFirst().prefix { !$0.isEmpty }
        #expect(fields.contains("X-One: 1") && fields.contains("x-one: 2") && fields.contains("X-Empty:"))
        let names = fields.compactMap { $0.split(separator: ":").first?.lowercased() }
        #expect(Set(names) == ["host", "user-agent", "accept", "x-one", "x-empty", "content-length"])
    }

    @Test("leaves path and query as they are written")
    func path() async throws {
        let lines = try await echo { $0.url += "/../a%2Fb/./c?x=%20&y=+" }
        #expect(lines.first == "GET /echo/../a%2Fb/./c?x=%20&y=+ HTTP/1.1")
    }

    @Test("does not let a value end its field")
    func injection() async throws {
        let lines = try await echo { $0.headers["X-Note"] = "a\r\nX-Admin: yes" }
        #expect(!lines.contains("X-Admin: yes"))
        #expect(lines.contains("X-Note: a  X-Admin: yes"))
    }

    @Test(
        "refuses a URL that is none of http",
        arguments: [
            "", "ftp://127.0.0.1/", "file:///etc/passwd", "/relative", "http://", "http://user@127.0.0.1/",
            "http://127.0.0.1/a b", "http://127.0.0.1/\u{0}", "http://127.0.0.1/\r\nHost: x", "gopher://127.0.0.1/",
        ])
    func badURLs(_ url: String) async throws {
        await #expect(throws: HTTPClientError.invalidRequest(.url)) {
            try await HTTPClient().send(HTTPClientRequest(url: url))
        }
    }

    @Test(
        "refuses header fields that are no field or its own matter",
        arguments: ["X Y", "", "X:Y", "X\r\nY", "Content-Length", "transfer-encoding", "Connection"])
    func badFields(_ name: String) async throws {
        let request = HTTPClientRequest(
            url: "http://127.0.0.1:1/", headers: HTTPHeaders(dictionaryLiteral: (name, "1")))
        await #expect(throws: HTTPClientError.invalidRequest(.headerField)) { try await HTTPClient().send(request) }
    }

    @Test("refuses a method that is no token and a GET with a body")
    func badMethods() async throws {
        await #expect(throws: HTTPClientError.invalidRequest(.method)) {
            try await HTTPClient().send(
                HTTPClientRequest(method: HTTPMethod(rawValue: "GET / HTTP/1.1\r\n"), url: "http://127.0.0.1:1/"))
        }
        await #expect(throws: HTTPClientError.invalidRequest(.unexpectedBody)) {
            try await HTTPClient().send(HTTPClientRequest(url: "http://127.0.0.1:1/", body: [1]))
        }
    }
}
