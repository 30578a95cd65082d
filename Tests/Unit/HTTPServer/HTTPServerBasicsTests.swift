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

    @Test("answers requests that came together in their order")
    func answersPipelined() async throws {
        var routes = Routes()
        routes.on(.post, "/{n}", body: .collected(limit: 100)) { request in
            .text("\(request.parameters["n"] ?? "") \(String(decoding: request.body, as: UTF8.self))")
        }
        try await RunningServer.serving(routes) { server in
            let answers = try await server.client { client in
                let requests = (0..<10).map { "POST /\($0) HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n\($0)" }
                try client.send(requests.joined())
                return try (0..<10).map { _ in try client.response().text }
            }
            #expect(answers == (0..<10).map { "\($0) \($0)" })
        }
    }

    @Test("takes IPv4 and IPv6 on one socket, and knows an IPv4 client by its IPv4 address")
    func listensDualStack() async throws {
        var routes = Routes()
        routes.on(.get, "/") { request in .text(request.clientAddress) }
        let server = HTTPServer(configuration: HTTPServerConfiguration(address: "::"), routes: routes)
        try server.start()
        let four = try await Curl.run("http://127.0.0.1:\(server.port)/")
        let six = try await Curl.run("http://[::1]:\(server.port)/")
        await server.stop(deadline: .seconds(5))
        #expect(four.output == "127.0.0.1")
        #expect(six.output == "::1")
    }

    @Test("sends no body with 204 and 304, and goes on", arguments: [(204, nil), (304, "4711")] as [(Int, String?)])
    func sendsNoBody(status: Int, length: String?) async throws {
        var routes = Routes()
        routes.on(.get, "/") { _ in
            HTTPResponse(
                HTTPStatus(rawValue: status), headers: ["Last-Modified": "x", "Content-Length": length ?? "1"])
        }
        try await RunningServer.serving(routes) { server in
            try await server.client { client in
                for _ in 0..<3 {
                    let answer = try client.request("GET", "/")
                    #expect(answer.status == status)
                    #expect(answer["Last-Modified"] == "x")
                    #expect(answer["Content-Length"] == length)
                    #expect(answer["Transfer-Encoding"] == nil)
                }
            }
        }
    }
}
