import Contracts
import Cryptography
import HTTPClient
import HTTPTypes
import JSON
import ServiceKit
import Synchronization

/// Gets access tokens for service accounts, one at a time for each key, and keeps them until they near their end.
final class AccessTokenSource: Sendable {
    /// A key of an account: a rotated key is another entry.
    private struct Key: Hashable {
        let clientEmail: String
        let privateKeyID: String?
        let tokenURI: String
        /// Two key files may name no key id.
        let publicKey: [UInt8]
    }

    private static let deadline = Duration.seconds(10)
    /// How many accounts are remembered before all are forgotten.
    private static let capacity = 10_000

    private let client: HTTPClient
    private let fetched: Counter
    private let tokens = Mutex<[Key: AccessToken]>([:])
    private let flights = SingleFlight<Key, AccessToken>()

    init(client: HTTPClient, metrics: Metrics) {
        self.client = client
        fetched = metrics.counter(
            "wallet_google_token_requests_total", help: "Access tokens asked of Google, by outcome.",
            labels: ["outcome"])
    }

    /// A token that is good for at least a minute.
    func token(for account: ServiceAccount) async throws -> AccessToken {
        let key = Self.key(account)
        if let token = kept(key) { return token }
        return try await flights.value(for: key) {
            // Whoever comes after a flight has landed finds what it brought.
            if let token = kept(key) { return token }
            let token = try await fetch(for: account)
            tokens.withLock { tokens in
                if tokens.count >= Self.capacity { tokens = [:] }
                tokens[key] = token
            }
            return token
        }
    }

    /// Forgets a token that Google refused, unless another has taken its place already.
    func drop(_ token: AccessToken, of account: ServiceAccount) {
        let key = Self.key(account)
        tokens.withLock { tokens in
            guard let kept = tokens[key], kept.isSame(as: token) else { return }
            tokens[key] = nil
        }
    }

    /// Asks for a new token whatever is kept, for a check that must be live.
    func fetch(for account: ServiceAccount) async throws -> AccessToken {
        do {
            let token = try await request(for: account)
            fetched.increment("ok")
            return token
        } catch let failure as GoogleFailure {
            fetched.increment(failure.consequence == .retry ? "unavailable" : "refused")
            throw failure
        }
    }

    private func request(for account: ServiceAccount) async throws -> AccessToken {
        let request = HTTPClientRequest(
            method: .post, url: account.tokenURI,
            headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
            body: try TokenAssertion.form(for: account, at: .now()), deadline: Self.deadline,
            maximumResponseBytes: 64 << 10)
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try await client.send(request)
        } catch {
            if case .cancelled = error { throw CancellationError() }
            throw GoogleFailure(unanswered: "the token endpoint: \(error)")
        }
        let answer = try? JSON.parse(response.body)
        guard response.status == .ok else { throw Self.refusal(response, answer) }
        guard let text = answer?["access_token"]?.stringValue, !text.isEmpty,
            let seconds = answer?["expires_in"]?.intValue
        else { throw GoogleFailure(unanswered: "the token endpoint answered 200 without a token") }
        return AccessToken(text, expiresInSeconds: seconds)
    }

    /// RFC 6749 §5.2: what is wrong with the request stays wrong; the rest passes.
    private static func refusal(_ response: HTTPClientResponse, _ answer: JSONValue?) -> GoogleFailure {
        let status = response.status.rawValue
        let word = answer?["error"]?.stringValue ?? response.status.reason
        let text = [word, answer?["error_description"]?.stringValue].compactMap { $0 }.joined(separator: ": ")
        let passes = status == 429 || status == 408 || status >= 500
        return GoogleFailure(
            passes ? .retry : .permanent, status: status, reason: passes ? word : "tokenRefused", message: text)
    }

    private func kept(_ key: Key) -> AccessToken? {
        tokens.withLock { $0[key] }.flatMap { $0.renewAt > .now ? $0 : nil }
    }

    private static func key(_ account: ServiceAccount) -> Key {
        Key(
            clientEmail: account.clientEmail, privateKeyID: account.privateKeyID, tokenURI: account.tokenURI,
            publicKey: account.privateKey.publicKey.der)
    }
}
