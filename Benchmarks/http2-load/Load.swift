import HTTP2
import Synchronization

/// Pushes that follow one another: each answer starts the next one.
final class Load: Sendable {
    private struct State {
        var started = 0
        var finished = 0
        var failed = 0
        /// Resident kilobytes when a tenth was finished.
        var early = 0
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let client: HTTP2Client
    private let requests: Int
    private let streams: Int
    private let push: HTTP2Request
    private let state = Mutex(State())

    init(client: HTTP2Client, requests: Int, streams: Int) {
        self.client = client
        self.requests = requests
        self.streams = streams
        push = HTTP2Request(
            method: "POST", path: "/3/device/" + String(repeating: "ab", count: 32),
            headers: [
                ("apns-topic", "pass.example.demo"), ("apns-id", "eabeae54-14a8-11e5-b60b-1697f925ec7b"),
                ("apns-priority", "10"),
            ], body: Array("{}".utf8))
    }

    /// Sends them all.
    func run() async -> Figures {
        // The connection is there before the clock starts, as in h2load's own figure.
        _ = try? await client.send(push)
        let before = Usage.now
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiting = continuation }
            for _ in 0..<min(streams, requests) { startNext() }
        }
        let usage = Usage.now.since(before)
        let (failed, early) = state.withLock { ($0.failed, $0.early) }
        return Figures(
            requests: requests, failed: failed, usage: usage, residentEarly: early, residentLate: Usage.resident)
    }

    private func startNext() {
        let isWanted = state.withLock { state in
            guard state.started < requests else { return false }
            state.started += 1
            return true
        }
        guard isWanted else { return }
        client.submit(push) { [self] outcome in
            finish(outcome)
            startNext()
        }
    }

    private func finish(_ outcome: Result<HTTP2Response, HTTP2Error>) {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.finished += 1
            switch outcome {
            case .success(let response): state.failed += response.status == 200 ? 0 : 1
            case .failure: state.failed += 1
            }
            if state.finished == requests / 10 { state.early = Usage.resident }
            guard state.finished == requests else { return nil }
            return state.waiting
        }
        waiting?.resume()
    }
}
