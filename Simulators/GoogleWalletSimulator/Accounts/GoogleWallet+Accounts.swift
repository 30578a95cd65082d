import Cryptography
import HTTPServer
import HTTPTypes
import JSON

extension GoogleWallet {
    /// Opens an issuer account, or replaces it.
    public func put(_ issuer: Issuer) throws(SimulatorError) {
        guard ResourceID("\(issuer.issuerId).x") != nil else {
            throw .unusable("an issuer id has 1 to 20 digits, not \(issuer.issuerId)")
        }
        accounts.put(issuer)
        journal?.write(issuer)
    }

    /// The issuer accounts.
    public var issuers: [Issuer] { accounts.issuers }

    /// Changes an issuer account; nothing happens without one of that id.
    public func changeIssuer(_ id: String, _ change: (inout Issuer) -> Void) {
        if let issuer = accounts.change(id, change) { journal?.write(issuer) }
    }

    /// Makes a service account with a new key, and lets it into issuer accounts.
    public func makeServiceAccount(
        _ clientEmail: String, issuers: [String] = [], role: IssuerRole = .owner, privateKey: PrivateKey? = nil
    ) throws -> ServiceAccountKey {
        let key = try ServiceAccountKey(clientEmail: clientEmail, tokenURI: tokenURI, privateKey: privateKey)
        add(key, issuers: issuers, role: role)
        return key
    }

    /// Makes the key of a file known, and lets its account into issuer accounts.
    public func add(_ key: ServiceAccountKey, issuers: [String] = [], role: IssuerRole = .owner) {
        accounts.add(key: key.privateKey.publicKey, id: key.keyID, of: key.clientEmail)
        journal?.write(key: key.privateKey.publicKey, id: key.keyID, of: key.clientEmail)
        for id in issuers { changeIssuer(id) { $0.permissions[key.clientEmail] = role } }
    }

    /// Takes a key back, or without an id the whole account.
    public func removeServiceAccount(_ clientEmail: String, keyID: String? = nil) {
        accounts.remove(keyID: keyID, of: clientEmail)
        journal?.write(removedKey: keyID, of: clientEmail)
    }

    /// Takes back the access tokens of an account, or all.
    public func revokeTokens(of clientEmail: String? = nil) {
        tokens.revoke(clientEmail: clientEmail)
    }

    /// Gives an access token out, or refuses in the words of OAuth.
    func grantToken(_ call: WalletCall, _ notes: inout CallNotes) -> WalletReply {
        do throws(TokenRefusal) {
            guard call.headers["Content-Type"].flatMap({ MediaType($0) })?.subtype == "x-www-form-urlencoded" else {
                throw TokenRefusal("unsupported_grant_type", "Invalid grant_type: ")
            }
            let request = try TokenRequest(form: QueryItems(String(decoding: call.body, as: UTF8.self)))
            let lifetime = settings.tokenLifetimeSeconds
            let grant = try request.grant(
                accounts: accounts, audience: tokenURI, now: clock.now(), lifetime: lifetime)
            notes.clientEmail = grant.clientEmail
            let answer: JSONValue = [
                "access_token": .string(tokens.issue(grant)), "expires_in": .number(JSONNumber(lifetime)),
                "token_type": "Bearer",
            ]
            return WalletReply(.ok, body: answer.serialized())
        } catch {
            return WalletReply(.badRequest, body: error.json.serialized())
        }
    }
}
