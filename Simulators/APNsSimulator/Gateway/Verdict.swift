import HTTP2

/// What is done with a push.
enum Verdict {
    case answer(HTTP2Response, after: Duration?)
    case close
    case goAway(reason: String?, code: HTTP2ErrorCode)
    case answerAndGoAway(HTTP2Response, reason: String?, code: HTTP2ErrorCode)
    case reset(HTTP2ErrorCode)
    case ignore
}
