import JSON
import ServiceKit

/// Google Wallet as the rest of the service calls it: in its pace, with a token, and once more with a new one when
/// Google refuses the token.
struct PacedWallet: Sendable {
    let client: WalletClient
    let tokens: AccessTokenSource
    let pace: Pace
    let metrics: WalletMetrics

    /// How late a call may be for its place in the pace.
    private static let missedPlace = Duration.milliseconds(20)

    /// Calls Google for an issuer.
    ///
    /// - Parameters:
    ///   - isGranted: whether the caller holds a place in the issuer's row of calls already.
    ///   - deadline: when the answer must be there; the call is not even sent when its turn comes later.
    func call(
        _ call: WalletCall, as issuer: IssuerCredentials, isGranted: Bool = false, by deadline: ContinuousClock.Instant
    ) async throws -> JSONObject {
        var isGranted = isGranted
        var isRepeated = false
        while true {
            let asked = ContinuousClock.now
            let token = try await tokens.token(for: issuer.account)
            // All that waited for a new token would go at once now; they take new places instead.
            if asked.duration(to: .now) > Self.missedPlace { isGranted = false }
            if !isGranted { try await pace.wait(for: issuer.issuerID, until: deadline) }
            isGranted = false
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { throw GoogleFailure(unanswered: "there was no time left to ask it") }
            let start = ContinuousClock.now
            do {
                let answer = try await client.send(call, token: token, deadline: left)
                metrics.observe(call, took: start.duration(to: .now), failure: nil)
                return answer
            } catch let failure as GoogleFailure {
                metrics.observe(call, took: start.duration(to: .now), failure: failure)
                try await pace.respect(failure, of: issuer.issuerID)
                guard failure.consequence == .unauthorized, !isRepeated else { throw failure }
                tokens.drop(token, of: issuer.account)
                isRepeated = true
            }
        }
    }
}
