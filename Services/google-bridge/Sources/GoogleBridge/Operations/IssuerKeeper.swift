import Contracts
import Cryptography
import JSON
import ServiceKit

/// Takes issuer accounts in, and opens them for whoever speaks to Google.
struct IssuerKeeper: Sendable {
    let store: IssuerStore
    private let secrets: SecretBox
    private let opened = BoundedCache<Int, IssuerCredentials>(maximumCost: 1_000)

    init(store: IssuerStore, secrets: SecretBox) {
        self.store = store
        self.secrets = secrets
    }

    /// Stores the account of a wallet configuration; true when there was none.
    func put(_ id: WalletConfigurationID, _ request: GoogleIssuerRequest) async throws -> Bool {
        let file = request.serviceAccount.value
        let account = try ServiceAccount(file)
        let sealed = secrets.seal(JSONValue.object(file).serialized(), context: IssuerAccount.context(of: id))
        return try await store.save(
            id, issuerID: request.issuerId, clientEmail: account.clientEmail, sealedServiceAccount: sealed)
    }

    /// Deletes the account of a wallet configuration; what waits for Google under it fails until there is one again.
    func delete(_ id: WalletConfigurationID) async throws {
        try await store.delete(id, because: Remedy.noCredentials, remedy: Remedy.sendCredentials)
    }

    /// The account of a wallet configuration, ready to sign.
    func credentials(of id: WalletConfigurationID) async throws -> IssuerCredentials {
        guard let account = try await store.account(of: id) else { throw BridgeError.unknownIssuer(id) }
        var credentials: IssuerCredentials
        if let kept = opened.value(for: account.revision) {
            credentials = kept
        } else {
            credentials = try open(account)
            opened.insert(credentials, for: account.revision, cost: 1)
        }
        credentials.allowsLocations = account.allowsLocations
        return credentials
    }

    private func open(_ account: IssuerAccount) throws -> IssuerCredentials {
        let context = IssuerAccount.context(of: account.walletConfiguration)
        guard case .object(let file) = try JSON.parse(secrets.open(account.sealedServiceAccount, context: context))
        else { throw CryptographyError.malformed("service account") }
        return IssuerCredentials(
            walletConfiguration: account.walletConfiguration, issuerID: account.issuerID,
            account: try ServiceAccount(file))
    }
}
