import Testing

@testable import HTTP2

@Suite("HTTP/2: requests that wait for a stream")
struct ExchangeQueueTests {
    private static func exchange(_ sequence: Int) -> Exchange {
        let exchange = Exchange(request: HTTP2Request(path: "/"), deadline: .now) { _ in }
        exchange.sequence = sequence
        return exchange
    }

    private static func filled(_ count: Int) -> ExchangeQueue {
        var queue = ExchangeQueue()
        for number in 0..<count { queue.append(exchange(number)) }
        return queue
    }

    private static func drained(_ queue: inout ExchangeQueue) -> [Int] {
        var order: [Int] = []
        while let exchange = queue.popFirst() { order.append(exchange.sequence) }
        return order
    }

    @Test("keeps the order of submission, also for those that come back")
    func order() {
        var queue = Self.filled(6)
        let taken = (0..<3).compactMap { _ in queue.popFirst() }
        #expect(taken.map(\.sequence) == [0, 1, 2])
        queue.putBack([taken[2]])
        queue.putBack([taken[0]])
        #expect(queue.count == 5)
        #expect(Self.drained(&queue) == [0, 2, 3, 4, 5])
        #expect(queue.isEmpty)
    }

    @Test("passes over those that have ended while they waited")
    func finished() {
        var queue = Self.filled(4)
        for exchange in queue.all where exchange.sequence.isMultiple(of: 2) {
            queue.noteFinished()
            exchange.finish(.failure(.cancelled(wasSent: false)))
        }
        #expect(queue.count == 2)
        #expect(queue.all.map(\.sequence) == [1, 3])
        #expect(Self.drained(&queue) == [1, 3])
        #expect(queue.isEmpty)
    }

    @Test("holds thousands that come and go")
    func many() {
        var queue = ExchangeQueue()
        var next = 0
        var popped = 0
        for round in 0..<200 {
            for _ in 0..<100 {
                queue.append(Self.exchange(next))
                next += 1
            }
            for _ in 0..<(round.isMultiple(of: 2) ? 50 : 120) {
                guard let exchange = queue.popFirst() else { break }
                #expect(exchange.sequence == popped)
                popped += 1
            }
        }
        #expect(queue.count == next - popped)
        #expect(Self.drained(&queue) == Array(popped..<next))
    }
}
