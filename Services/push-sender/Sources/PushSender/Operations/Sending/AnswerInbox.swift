import HTTPTypes
import ServiceKit
import Synchronization

/// An answer to a push, as the client's thread left it.
struct PushAnswer: Sendable {
    let push: LeasedPush
    let sentAt: Instant
    /// Whether the push was sent a second time already with a new provider token.
    let isRepeat: Bool
    let answer: APNsAnswer
}

/// Where the threads of clients leave answers, and one task takes them in batches.
final class AnswerInbox: Sendable {
    private struct State {
        var answers: [PushAnswer] = []
        var wanted = 1
    }

    private let state = Mutex(State())
    private let wakeUp = WakeUp()

    /// Leaves an answer.
    func append(_ answer: PushAnswer) {
        let isDue = state.withLock { state in
            state.answers.append(answer)
            return state.answers.count == state.wanted
        }
        if isDue { wakeUp.signal() }
    }

    /// Waits for so many answers, for a while; returns early when the task is cancelled.
    func wait(for count: Int, atMost limit: Duration) async {
        let isThere = state.withLock { state in
            state.wanted = max(1, count)
            return state.answers.count >= state.wanted
        }
        if !isThere { await wakeUp.wait(atMost: limit) }
    }

    /// Takes what is there.
    func takeAll() -> [PushAnswer] {
        state.withLock { state in
            defer { state.answers = [] }
            return state.answers
        }
    }

    /// Whether nothing is there.
    var isEmpty: Bool { state.withLock { $0.answers.isEmpty } }
}
