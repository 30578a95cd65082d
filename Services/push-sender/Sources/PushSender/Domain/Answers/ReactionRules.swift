import HTTPTypes

/// The table of Apple's statuses and reasons, and what is done about each.
enum ReactionRules {
    /// How often a push is tried whose refusal nobody knows, before it is given up.
    static let attemptsAtTheUnknown = 10

    /// What to do about an answer.
    /// - Parameters:
    ///   - attempts: how often the push was sent, this time included.
    ///   - sentAt: when it was sent; what a phone did afterwards is not held against it.
    ///   - jitter: a share of chance in 0…1, so that what failed together does not come back together.
    static func reaction(to answer: APNsAnswer, attempts: Int, sentAt: Instant, jitter: Double) -> Reaction {
        switch answer {
        case .none(.unusable): .stopTopic
        case .none: .restService(BackOff.ofService.pause(after: attempts, jitter: jitter), reconnect: false)
        case .response(let status, let reason, let timestamp):
            reaction(status, reason, timestamp, attempts: attempts, sentAt: sentAt, jitter: jitter)
        }
    }

    private static func reaction(
        _ status: Int, _ reason: APNsReason?, _ timestamp: Instant?, attempts: Int, sentAt: Instant, jitter: Double
    ) -> Reaction {
        switch status {
        case 200: return .accepted
        case 400: return badRequest(reason, attempts: attempts, sentAt: sentAt, jitter: jitter)
        case 403 where reason == .expiredProviderToken: return .renewProviderToken
        // APNs knows the token no longer since the timestamp; a registration after it is another matter.
        case 410: return .removeToken(since: min(timestamp ?? sentAt, sentAt))
        case 429 where reason == .tooManyProviderTokenUpdates:
            return .restService(BackOff.ofProvider.pause(after: attempts, jitter: jitter), reconnect: false)
        case 429: return .restToken(BackOff.ofToken.pause(after: attempts, jitter: jitter))
        case 500...599:
            return .restService(BackOff.ofService.pause(after: attempts, jitter: jitter), reconnect: true)
        // Certificates, provider tokens, paths and sizes are the same for every push; whoever answers 3xx is not APNs.
        case 300...399, 401, 403, 404, 405, 407, 413, 421: return .stopTopic
        default: return unknown(attempts: attempts, jitter: jitter)
        }
    }

    private static func badRequest(
        _ reason: APNsReason?, attempts: Int, sentAt: Instant, jitter: Double
    ) -> Reaction {
        switch reason {
        case .badDeviceToken?, .deviceTokenNotForTopic?: .suspectToken(since: sentAt)
        case .idleTimeout?: .restService(BackOff.ofService.pause(after: attempts, jitter: jitter), reconnect: true)
        case .some(let reason) where APNsReason.configurationFaults.contains(reason): .stopTopic
        default: unknown(attempts: attempts, jitter: jitter)
        }
    }

    /// It may be this push's own fault, so the others need not wait; and it may pass.
    private static func unknown(attempts: Int, jitter: Double) -> Reaction {
        attempts >= attemptsAtTheUnknown
            ? .giveUp : .restToken(BackOff.ofToken.pause(after: attempts, jitter: jitter))
    }
}
