import Synchronization

/// One request on its way, from its submission to its outcome.
///
/// Unchecked: everything but `isCancelled` is touched by the client's thread alone, once the exchange was handed to it.
final class Exchange: @unchecked Sendable {
    typealias Outcome = Result<HTTP2Response, HTTP2Error>

    let request: HTTP2Request
    let deadline: ContinuousClock.Instant
    let isCancelled = Atomic(false)

    /// The place in the order of submission.
    var sequence = 0
    /// The connection that carries it.
    var connectionID: Int?
    /// Starts that the server refused.
    var refusals = 0

    // Of the stream that carries it now.
    var streamID: Int32 = 0
    var sentBodyBytes = 0
    /// Whether the head has left the session: from then on the server may act on it.
    var isSent = false
    var answer = AnswerBuilder()
    /// Whether the whole answer has come.
    var isAnswered = false
    /// Why we ended the stream, when we did.
    var ownEnd: StreamEnd?

    private let completion: @Sendable (Outcome) -> Void
    private(set) var isFinished = false

    init(
        request: HTTP2Request, deadline: ContinuousClock.Instant, completion: @escaping @Sendable (Outcome) -> Void
    ) {
        self.request = request
        self.deadline = deadline
        self.completion = completion
    }

    /// Tells the outcome, the first time.
    func finish(_ outcome: Outcome) {
        guard !isFinished else { return }
        isFinished = true
        completion(outcome)
    }

    /// Forgets the stream that carried it.
    func prepareToRepeat() {
        connectionID = nil
        streamID = 0
        sentBodyBytes = 0
        isSent = false
        answer = AnswerBuilder()
        isAnswered = false
        ownEnd = nil
    }
}
