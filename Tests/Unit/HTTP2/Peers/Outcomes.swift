import HTTP2
import Synchronization

/// The outcomes of many requests that were submitted at once.
final class Outcomes: Sendable {
    private struct State {
        var answered = 0
        var errors: [HTTP2Error] = []
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let count: Int
    private let state = Mutex(State())

    private init(count: Int) {
        self.count = count
    }

    /// Submits requests to `/0`, `/1` and so on, and waits for all outcomes.
    static func of(_ count: Int, on client: HTTP2Client, _ request: (Int) -> HTTP2Request = { numbered($0) }) async
        -> Outcomes
    {
        let outcomes = Outcomes(count: count)
        for number in 0..<count { client.submit(request(number)) { outcomes.note($0) } }
        await outcomes.wait()
        return outcomes
    }

    static func numbered(_ number: Int) -> HTTP2Request {
        HTTP2Request(method: "POST", path: "/\(number)", body: [0x7B, 0x7D])
    }

    /// Requests that were answered 200.
    var answered: Int { state.withLock { $0.answered } }

    /// Why the others were not.
    var errors: [HTTP2Error] { state.withLock { $0.errors } }

    private func note(_ outcome: Result<HTTP2Response, HTTP2Error>) {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            switch outcome {
            case .success(let response): state.answered += response.status == 200 ? 1 : 0
            case .failure(let error): state.errors.append(error)
            }
            guard state.answered + state.errors.count == count else { return nil }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    private func wait() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                let isDone = state.answered + state.errors.count == count
                if !isDone { state.waiting = continuation }
                return isDone
            }
            if isDone { continuation.resume() }
        }
    }
}
