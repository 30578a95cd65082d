import HTTPTypes
import Testing

@testable import HTTPServer

@Suite struct RateLimitTests {
    private let start = ContinuousClock.now

    private func address(_ text: String) throws -> IPAddress {
        try #require(IPAddress(text))
    }

    @Test("fills a bucket up again as time goes by")
    func refills() throws {
        let limit = RateLimit(perSecond: 2, burst: 3)
        let client = try address("192.0.2.1")
        #expect((0..<3).map { _ in limit.admit(client, at: start) } == [nil, nil, nil])
        #expect(limit.admit(client, at: start) == 1)
        #expect(limit.admit(client, at: start + .milliseconds(499)) == 1)
        #expect(limit.admit(client, at: start + .milliseconds(501)) == nil)
        #expect(limit.admit(client, at: start + .milliseconds(502)) == 1)
        #expect((0..<4).map { _ in limit.admit(client, at: start + .seconds(100)) } == [nil, nil, nil, 1])
    }

    @Test("tells how long to wait")
    func tellsWait() throws {
        let limit = RateLimit(perSecond: 0.1, burst: 1)
        let client = try address("192.0.2.1")
        #expect(limit.admit(client, at: start) == nil)
        #expect(limit.admit(client, at: start) == 10)
        #expect(limit.admit(client, at: start + .seconds(4)) == 6)
    }

    @Test("remembers no more addresses than its capacity, and those that asked most the longest")
    func staysBounded() throws {
        let limit = RateLimit(perSecond: 0.001, burst: 100, capacity: 64)
        let heavy = try address("203.0.113.1")
        for _ in 0..<100 { _ = limit.admit(heavy, at: start) }
        for index in 0..<5_000 {
            let client = try address("10.0.\(index / 256).\(index % 256)")
            #expect(limit.admit(client, at: start) == nil)
            #expect(limit.count <= 64)
        }
        #expect(limit.admit(heavy, at: start) != nil)
    }

    @Test("forgets buckets that are full again before any other")
    func forgetsFullBuckets() throws {
        let limit = RateLimit(perSecond: 1, burst: 1, capacity: 2)
        _ = limit.admit(try address("192.0.2.1"), at: start)
        _ = limit.admit(try address("192.0.2.2"), at: start + .seconds(1.5))
        _ = limit.admit(try address("192.0.2.3"), at: start + .seconds(1.6))
        #expect(limit.admit(try address("192.0.2.2"), at: start + .seconds(1.7)) != nil)
    }
}
