import Cryptography
import HTTPTypes
import Synchronization

/// The access tokens that were given out and are good.
final class AccessTokens: Sendable {
    /// What a token is good for.
    struct Grant: Sendable {
        let clientEmail: String
        let scopes: [String]
        let expiresAt: Instant
    }

    /// More are not remembered; the oldest goes.
    private static let capacity = 10_000

    private struct State {
        var grants: [String: Grant] = [:]
        var order: [String] = []
    }

    private let state = Mutex(State())

    /// Gives a new token out.
    func issue(_ grant: Grant) -> String {
        let token = "ya29.c." + Base64URL.encode(SecureRandom.bytes(48))
        state.withLock { state in
            if state.order.count >= Self.capacity {
                // Half at once, so that not every call moves the whole list.
                for old in state.order.prefix(Self.capacity / 2) { state.grants[old] = nil }
                state.order.removeFirst(Self.capacity / 2)
            }
            state.grants[token] = grant
            state.order.append(token)
        }
        return token
    }

    /// What a token is good for now.
    func grant(of token: String, at now: Instant) -> Grant? {
        state.withLock { $0.grants[token] }.flatMap { $0.expiresAt > now ? $0 : nil }
    }

    /// Takes back the tokens of an account, or all.
    func revoke(clientEmail: String? = nil) {
        state.withLock { state in
            state.grants = state.grants.filter { clientEmail != nil && $0.value.clientEmail != clientEmail }
            state.order = state.order.filter { state.grants[$0] != nil }
        }
    }
}
