import Contracts

/// What a push to nobody says of credentials.
enum HandshakeCheck {
    /// The check that an operator reads.
    static func check(of answer: APNsAnswer) -> ConfigurationCheck {
        switch answer {
        case .response(200, _, _), .response(400, .badDeviceToken?, _), .response(400, .deviceTokenNotForTopic?, _),
            .response(410, _, _):
            return ConfigurationCheck(
                name: name, state: .ok, detail: "APNs takes the credentials for this pass type.")
        case .response(429, _, _), .response(500...599, _, _):
            return ConfigurationCheck(
                name: name, state: .warning, detail: "APNs is reached and does not serve now: \(answer.fault ?? "")",
                remedy: "Try again later.")
        case .response(_, let reason, _):
            return failed(
                "APNs refused the credentials: \(answer.fault ?? "").", reason?.remedy ?? APNsReason.generalRemedy)
        case .none(let cause):
            return failed(
                "APNs can't be reached under these credentials: \(cause).",
                "Look at the network, at APNS_URL, and at the certificate.")
        }
    }

    /// A check that failed.
    static func failed(_ detail: String, _ remedy: String) -> ConfigurationCheck {
        ConfigurationCheck(name: name, state: .failed, detail: detail, remedy: remedy)
    }

    private static let name = "apnsHandshake"
}
