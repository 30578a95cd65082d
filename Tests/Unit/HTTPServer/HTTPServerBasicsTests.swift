import HTTPServer
import HTTPTypes
import JSON
import Testing

@Suite struct HTTPServerBasicsTests {
    @Test("keeps a connection alive for many requests")
    func keepsAlive() async throws {
        var routes = Routes()
        routes.on(.get, "/hello/{name}") { request in
            .text("Hello, \(request.parameters["name"] ?? "nobody")")
        }
        try await RunningServer.serving(routes) { server in
            try await server.client { client in
                for index in 0..<20 {
                    let answer = try client.request("GET", "/hello/\(index)")
                    #expect(answer.status == 200)
                    #expect(answer.text == "Hello, \(index)")
                }
            }
            #expect(await eventually { server.records.count == 20 })
        }
    }

    @Test("answers HEAD with the headers of GET and no body")
    func answersHead() async throws {
        var routes = Routes()
        routes.on(.get, "/page") { _ in .text("0123456789") }
        try await RunningServer.serving(routes) { server in
            let answer = try await Curl.run("--head", "\(server.url)/page")
            #expect(answer.code == 0)
            #expect(answer.output.contains("Content-Length: 10\r\n"))
            #expect(answer.output.contains("Content-Type: text/plain; charset=utf-8\r\n"))
            try await server.client { client in
                let head = try client.request("HEAD", "/page")
                let get = try client.request("GET", "/page")
                #expect(head.status == 200 && head["Content-Length"] == "10")
                #expect(get.text == "0123456789")
            }
        }
    }

    @Test("collects a body, sent with its length or in chunks", arguments: [false, true])
    func collectsBodies(isChunked: Bool) async throws {
        var routes = Routes()
        routes.on(.post, "/echo", body: .collected(limit: 1 << 20)) { request in
            HTTPResponse(body: .bytes(request.body))
        }
        try await RunningServer.serving(routes) { server in
            let text = String(repeating: "0123456789abcdef", count: 6_000)
            let headers = isChunked ? ["-H", "Transfer-Encoding: chunked"] : ["-H", "X-None: 1"]
            let answer = try await Curl.run(headers[0], headers[1], "--data-binary", text, "\(server.url)/echo")
            #expect(answer.code == 0)
            #expect(answer.output == text)
        }
    }
}
