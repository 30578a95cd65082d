import Cryptography
import Synchronization

/// The issuers, and the service accounts with the public halves of their keys.
final class Accounts: Sendable {
    /// A service account.
    struct Account: Sendable {
        var keys: [String: PublicKey] = [:]
    }

    private struct State {
        var accounts: [String: Account] = [:]
        var issuers: [String: Issuer] = [:]
    }

    private let state = Mutex(State())

    /// All issuers by their ids.
    var issuers: [Issuer] {
        state.withLock { $0.issuers.values.sorted { $0.issuerId < $1.issuerId } }
    }

    func issuer(_ id: String) -> Issuer? {
        state.withLock { $0.issuers[id] }
    }

    func put(_ issuer: Issuer) {
        state.withLock { $0.issuers[issuer.issuerId] = issuer }
    }

    /// Changes an issuer; nil when there is none of that id.
    @discardableResult func change(_ id: String, _ change: (inout Issuer) -> Void) -> Issuer? {
        state.withLock { state in
            guard var issuer = state.issuers[id] else { return nil }
            change(&issuer)
            state.issuers[id] = issuer
            return issuer
        }
    }

    /// Makes a key known as one of an account's.
    func add(key: PublicKey, id: String, of email: String) {
        state.withLock { $0.accounts[email, default: Account()].keys[id] = key }
    }

    /// Takes a key back; nil for the id takes the account away.
    func remove(keyID: String?, of email: String) {
        state.withLock { state in
            if let keyID {
                state.accounts[email]?.keys[keyID] = nil
            } else {
                state.accounts[email] = nil
            }
        }
    }

    /// The keys that an account's signature may be of: the one that a token names, else all; nil without the account.
    func keys(of email: String, named keyID: String?) -> [PublicKey]? {
        state.withLock { state in
            guard let account = state.accounts[email] else { return nil }
            guard let keyID else { return Array(account.keys.values) }
            return account.keys[keyID].map { [$0] } ?? []
        }
    }

    /// What a user may do at an issuer; nil for nothing.
    func role(of email: String, at issuerID: String) -> IssuerRole? {
        state.withLock { $0.issuers[issuerID]?.permissions[email] }
    }

    /// Every key with its account and its id.
    func forEachKey(_ body: (_ email: String, _ id: String, _ key: PublicKey) -> Void) {
        for (email, account) in state.withLock({ $0.accounts }) {
            for (id, key) in account.keys { body(email, id, key) }
        }
    }

    func removeAll() {
        state.withLock { $0 = State() }
    }
}
