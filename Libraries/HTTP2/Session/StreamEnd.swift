/// Why a stream ended without an answer.
enum StreamEnd: Hashable {
    /// The server says that it did not process it, or we never sent it.
    case refused
    /// The server ended it.
    case reset(HTTP2ErrorCode)
    /// What came is no answer.
    case malformed
    /// The answer is longer than allowed.
    case tooLarge
    /// We ended it.
    case cancelled
}
