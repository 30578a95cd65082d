import Contracts
import HTTPTypes

/// A customer's identity at Apple and Google: certificates and keys, the secret ones sealed.
struct WalletConfiguration: Sendable, Hashable {
    let id: WalletConfigurationID
    var name: String
    /// Shown by passes whose campaign names no organisation.
    var organizationName: String?
    /// Another one after each change, and never one that was there before; the database gives it.
    var revision: Int
    var apple: AppleIdentity?
    var google: GoogleIdentity?
    let createdAt: Instant
    var updatedAt: Instant
}
