import HTTPClient
import HTTPServer
import HTTPTypes
import Synchronization
import Testing

@Suite("HTTP client: which addresses it connects to")
struct HTTPClientAddressTests {
    @Test("asks with the bytes of the address that a name led to, and connects to none that is refused")
    func refuses() async throws {
        let asked = Mutex<[[UInt8]]>([])
        let hits = Mutex(0)
        var routes = Routes()
        routes.on(.get, "/thing") { _ in
            hits.withLock { $0 += 1 }
            return .text("here")
        }
        try await RunningServer.serving(routes) { server in
            let port = server.url.split(separator: ":").last ?? ""
            let client = HTTPClient(
                configuration: HTTPClientConfiguration(permitsAddress: { address in
                    asked.withLock { $0.append(address) }
                    return false
                }))
            for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433"] {
                await #expect(throws: HTTPClientError.addressRefused) {
                    try await client.send(HTTPClientRequest(url: "http://\(host):\(port)/thing"))
                }
            }
            let addresses = Set(asked.withLock { $0 })
            let mapped = [UInt8](repeating: 0, count: 10) + [255, 255, 127, 0, 0, 1]
            #expect(addresses.isSuperset(of: [[127, 0, 0, 1], [UInt8](repeating: 0, count: 15) + [1], mapped]))
            #expect(hits.withLock { $0 } == 0)
        }
    }

    @Test("connects to what is permitted, and keeps the connection for later requests")
    func permits() async throws {
        var routes = Routes()
        routes.on(.get, "/thing") { _ in .text("here") }
        try await RunningServer.serving(routes) { server in
            let asked = Mutex(0)
            let client = HTTPClient(
                configuration: HTTPClientConfiguration(permitsAddress: { address in
                    asked.withLock { $0 += 1 }
                    return address == [127, 0, 0, 1]
                }))
            for _ in 0..<3 {
                let answer = try await client.send(HTTPClientRequest(url: server.url + "/thing"))
                #expect(answer.body == Array("here".utf8))
            }
            #expect(asked.withLock { $0 } == 1)
        }
    }
}
