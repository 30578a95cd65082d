import HTTP2

extension APNsAnswer {
    /// Takes what HTTP/2 made of a push.
    init(_ result: Result<HTTP2Response, HTTP2Error>) {
        switch result {
        case .success(let response) where response.status == 200:
            self = .response(status: 200, reason: nil, timestamp: nil)
        case .success(let response):
            let body = APNsBody(response.body)
            self = .response(status: response.status, reason: body.reason, timestamp: body.timestamp)
        case .failure(let error):
            self = .none(NoAnswer(error))
        }
    }
}

extension NoAnswer {
    /// Says why there is no answer.
    init(_ error: HTTP2Error) {
        switch error {
        case .invalidRequest, .unusableIdentity, .unusableAuthorities:
            self = .unusable(error.description)
        case .goAway(let goAway, _):
            // APNs says why in JSON.
            let reason = APNsBody(goAway.debugData).reason.map { "\(error): \($0.rawValue)" } ?? error.description
            self = error.mayHaveBeenProcessed ? .lost(reason) : .unreachable(reason)
        case .systemFailed, .unresolvable, .connectFailed, .untrustedServer, .handshakeFailed, .notHTTP2,
            .connectionLost, .refused, .reset, .malformedResponse, .responseTooLarge, .timedOut, .cancelled, .closed:
            self = error.mayHaveBeenProcessed ? .lost(error.description) : .unreachable(error.description)
        }
    }
}
