import HTTPClient
import HTTPTypes

extension WebhookOutcome {
    /// What an answer means.
    init(_ response: HTTPClientResponse, at now: Instant) {
        let status = response.status.rawValue
        let name = "The receiver answered \(status)."
        switch status {
        case 200..<300: self = .delivered(status: status)
        case 300..<400:
            self = .receiverFailed(
                status: status, reason: "\(name) Redirects are not followed; put the URL that it leads to.",
                retryAfterSeconds: nil)
        // What concerns the address or the moment, and would be answered to any other event too.
        case 401, 403, 404, 405, 407, 408, 410, 421, 425, 426, 429, 451, 500...:
            self = .receiverFailed(
                status: status, reason: name,
                retryAfterSeconds: response.headers["Retry-After"].flatMap { RetryAfter.seconds($0, at: now) })
        default: self = .refused(status: status, reason: name)
        }
    }

    /// What it means that no answer came.
    init(_ error: HTTPClientError) {
        let reason =
            switch error {
            case .addressRefused:
                "The host's address is not one of the public Internet. The operator may allow it in "
                    + "WEBHOOK_ALLOWED_NETWORKS."
            default: "No answer was taken: \(error)."
            }
        self = .receiverFailed(status: nil, reason: reason, retryAfterSeconds: nil)
    }
}
