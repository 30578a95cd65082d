import Testing

@testable import PushSender

@Suite struct APNsServerTests {
    @Test(
        "reads host and port",
        arguments: [
            ("https://api.push.apple.com", "api.push.apple.com", 443),
            ("HTTPS://api.push.apple.com:2197/", "api.push.apple.com", 2_197),
            ("https://127.0.0.1:8443", "127.0.0.1", 8_443), ("https://[::1]:8443", "::1", 8_443),
            ("https://[::1]", "::1", 443),
        ])
    func reads(url: String, host: String, port: Int) throws {
        let server = try #require(APNsServer(url))
        #expect(server.host == host)
        #expect(server.port == port)
        #expect(APNsServer(server.description) == server)
    }

    @Test(
        "refuses anything else",
        arguments: [
            "", "https://", "http://localhost", "https://host/path", "https://user@host", "https://host:0",
            "https://host:70000", "https://host:", "https://[::1", "https://[::1]x", "https://ho st",
            "api.push.apple.com",
        ])
    func refuses(url: String) {
        #expect(APNsServer(url) == nil)
    }
}
