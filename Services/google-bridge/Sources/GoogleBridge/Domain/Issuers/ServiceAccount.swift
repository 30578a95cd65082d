import Cryptography
import JSON

/// A Google service account's key file, read: who signs, and where access tokens are had.
struct ServiceAccount: Sendable {
    let clientEmail: String
    /// Which of the account's keys this is; Google's `kid`.
    let privateKeyID: String?
    let privateKey: PrivateKey
    let tokenURI: String

    /// Where accounts of Google Cloud get their tokens when the key file does not say.
    static let defaultTokenURI = "https://oauth2.googleapis.com/token"

    /// Reads a key file; every fault at once.
    init(_ file: JSONObject) throws(ServiceAccountFault) {
        var faults: [ServiceAccountFault.Member] = []
        let email = file["client_email"]?.stringValue ?? ""
        if !email.contains("@") {
            faults.append(.init(key: "client_email", detail: "The service account has no client_email."))
        }
        var key: PrivateKey?
        do throws(CryptographyError) {
            guard let pem = file["private_key"]?.stringValue else { throw CryptographyError.noPrivateKey }
            let read = try PrivateKey(pem: pem, password: nil)
            if case .rsa = read.kind {
                key = read
            } else {
                faults.append(
                    .init(key: "private_key", detail: "Google's service accounts have RSA keys; this is none."))
            }
        } catch {
            faults.append(.init(key: "private_key", detail: "The service account has no private key that can be read."))
        }
        let tokenURI = file["token_uri"]?.stringValue ?? Self.defaultTokenURI
        if !tokenURI.hasPrefix("https://"), !tokenURI.hasPrefix("http://") {
            faults.append(.init(key: "token_uri", detail: "The token_uri is no http or https URL."))
        }
        guard faults.isEmpty, let key else { throw ServiceAccountFault(members: faults) }
        clientEmail = email
        privateKeyID = file["private_key_id"]?.stringValue
        privateKey = key
        self.tokenURI = tokenURI
    }
}
