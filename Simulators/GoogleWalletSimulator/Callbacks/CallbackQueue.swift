import HTTPClient
import HTTPTypes
import Synchronization

/// Delivers callbacks, each again and again until it was taken or there were attempts enough.
final class CallbackQueue: Sendable {
    private struct Delivery: Sendable {
        let index: Int
        let url: String
        let body: [UInt8]
        let attempts: Int
    }

    /// Callbacks that wait or are remembered; further ones are lost, as Google promises no more than its best.
    private static let capacity = 10_000
    private static let width = 16
    private static let firstPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(5)

    private struct State {
        var records: [Int: CallbackRecord] = [:]
        var next = 0
    }

    private let client: HTTPClient
    private let state = Mutex(State())
    private let stream: AsyncStream<Delivery>
    private let queue: AsyncStream<Delivery>.Continuation

    init(client: HTTPClient) {
        self.client = client
        (stream, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.capacity))
    }

    /// The callbacks so far, the oldest first.
    var records: [CallbackRecord] {
        state.withLock { state in state.records.sorted { $0.key < $1.key }.map(\.value) }
    }

    func forget() {
        state.withLock { $0.records = [:] }
    }

    /// Puts a callback in, to be delivered once and `duplicates` times more.
    func add(_ message: CallbackMessage, body: [UInt8], to url: String, duplicates: Int, attempts: Int) {
        for _ in 0...max(0, duplicates) {
            let isUsable = PublicAddress.isUsable(url)
            let index = state.withLock { state in
                let index = state.next
                state.next += 1
                state.records[index - Self.capacity] = nil
                state.records[index] = CallbackRecord(
                    objectId: message.objectID, event: message.event, nonce: message.nonce, url: url, statuses: [],
                    isDelivered: false, isOver: !isUsable)
                return index
            }
            guard isUsable else { continue }
            queue.yield(Delivery(index: index, url: url, body: body, attempts: max(1, attempts)))
        }
    }

    /// Delivers until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<Self.width {
                group.addTask { [self] in
                    for await delivery in stream { await deliver(delivery) }
                }
            }
        }
    }

    private func deliver(_ delivery: Delivery) async {
        var pause = Self.firstPause
        for attempt in 1...delivery.attempts {
            let status = await send(delivery)
            let isDelivered = (200..<300).contains(status)
            state.withLock { state in
                state.records[delivery.index]?.statuses.append(status)
                state.records[delivery.index]?.isDelivered = isDelivered
                state.records[delivery.index]?.isOver = isDelivered || attempt == delivery.attempts
            }
            guard !isDelivered, attempt < delivery.attempts else { return }
            // Cancelled: nothing is delivered any more.
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            pause = min(pause * 2, Self.longestPause)
        }
    }

    private func send(_ delivery: Delivery) async -> Int {
        let request = HTTPClientRequest(
            method: .post, url: delivery.url, headers: ["Content-Type": "application/json"], body: delivery.body)
        // No answer is as good a reason to try again as a bad one.
        return (try? await client.send(request))?.status.rawValue ?? 0
    }
}
