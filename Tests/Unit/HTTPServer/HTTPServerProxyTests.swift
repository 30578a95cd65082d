import HTTPServer
import HTTPTypes
import Testing

@Suite struct HTTPServerProxyTests {
    private static func configuration(_ blocks: [String], perAddress: Int = 256) -> HTTPServerConfiguration {
        HTTPServerConfiguration(
            maximumConnectionsPerAddress: perAddress, trustedProxies: blocks.compactMap { CIDR($0) })
    }

    private static let routes: Routes = {
        var routes = Routes()
        routes.on(.get, "/") { request in .text(request.clientAddress) }
        return routes
    }()

    @Test(
        "takes the last forwarded address that is not itself trusted for the client",
        arguments: [
            (["203.0.113.7"], "203.0.113.7"),
            (["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
            (["198.51.100.1, 203.0.113.7, 10.1.2.3"], "203.0.113.7"),
            (["198.51.100.1", "203.0.113.7, 10.1.2.3"], "203.0.113.7"),
            (["2001:db8::9"], "2001:db8::9"),
            (["[2001:db8::9]:443"], "2001:db8::9"),
            (["203.0.113.7:8080"], "203.0.113.7"),
            (["::ffff:203.0.113.7"], "203.0.113.7"),
            (["fd00::1, 10.9.9.9"], "fd00::1"),
            (["203.0.113.7, unknown, 10.1.2.3"], "10.1.2.3"),
            (["nonsense"], "127.0.0.1"),
            ([], "127.0.0.1"),
        ])
    func believesTrustedProxies(forwarded: [String], client: String) async throws {
        let configuration = Self.configuration(["127.0.0.0/8", "10.0.0.0/8", "fd00::/8"])
        let answer = try await RunningServer.serving(Self.routes, configuration) { server in
            try await server.client { try $0.request("GET", "/", headers: forwarded.map { "X-Forwarded-For: \($0)" }) }
        }
        #expect(answer.text == client)
    }

    @Test("does not believe anyone else")
    func ignoresOthers() async throws {
        let answer = try await RunningServer.serving(Self.routes, Self.configuration(["127.0.0.2/32"])) { server in
            try await server.client { try $0.request("GET", "/", headers: ["X-Forwarded-For: 203.0.113.7"]) }
        }
        #expect(answer.text == "127.0.0.1")
    }

    @Test("does not limit a trusted proxy's connections, but the requests of each client behind it")
    func limitsForwardedClients() async throws {
        let gate = Gate()
        var routes = Routes()
        routes.on(.get, "/") { _ in
            await gate.wait()
            return .text("done")
        }
        try await RunningServer.serving(routes, Self.configuration(["127.0.0.1"], perAddress: 2)) { server in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<6 {
                    // Three clients with two requests each, over six connections of one proxy.
                    let header = "X-Forwarded-For: 203.0.113.\(index / 2)"
                    group.addTask { try await server.client { try $0.request("GET", "/", headers: [header]).status } }
                }
                #expect(await eventually { gate.arrivals == 6 })
                let header = "X-Forwarded-For: 203.0.113.1"
                let third = try await server.client { try $0.request("GET", "/", headers: [header]) }
                #expect(third.status == 429)
                gate.open()
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == [Int](repeating: 200, count: 6))
        }
    }

    @Test("limits the rate of each client behind a trusted proxy, not the proxy's")
    func limitsForwardedRate() async throws {
        var routes = Routes()
        routes.on(.get, "/", rate: RateLimit(perSecond: 0.01, burst: 1)) { _ in .text("ok") }
        try await RunningServer.serving(routes, Self.configuration(["127.0.0.1"])) { server in
            let statuses = try await server.client { client in
                try ["203.0.113.1", "203.0.113.1", "203.0.113.2", "2001:db8::1", "2001:db8::2"].map {
                    try client.request("GET", "/", headers: ["X-Forwarded-For: \($0)"]).status
                }
            }
            // One IPv6 client owns its whole /64.
            #expect(statuses == [200, 429, 200, 200, 429])
        }
    }

    @Test(
        "reads blocks of addresses",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("0.0.0.0/0", "203.0.113.7", true),
            ("0.0.0.0/0", "2001:db8::1", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
            ("2001:db8::/33", "2001:db8:8000::1", false), ("::/0", "2001:db8::1", true),
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
            ("192.0.2.0/31", "192.0.2.1", true), ("::1/128", "::1", true),
        ])
    func readsBlocks(block: String, address: String, isInside: Bool) throws {
        #expect(try #require(CIDR(block)).contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(
        "refuses what is no block",
        arguments: ["", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "a/8", "10.0.0.0/+8"])
    func refusesBadBlocks(text: String) {
        #expect(CIDR(text) == nil)
    }
}
