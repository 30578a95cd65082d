import Cryptography
import JSON

/// A service account's key file, as the Cloud console gives it out.
public struct ServiceAccountKey: Sendable {
    /// The account's address.
    public let clientEmail: String
    /// The id of its key.
    public let keyID: String
    /// The key.
    public let privateKey: PrivateKey
    /// Where access tokens are given out.
    public let tokenURI: String

    /// Makes a key of an account; a new RSA key unless one is given.
    public init(
        clientEmail: String, tokenURI: String, privateKey: PrivateKey? = nil
    ) throws(CryptographyError) {
        self.clientEmail = clientEmail
        self.tokenURI = tokenURI
        if let privateKey { self.privateKey = privateKey } else { self.privateKey = try .generateRSA() }
        keyID = Hex.encode(SecureRandom.bytes(20))
    }

    /// The same key with another place for access tokens.
    public init(_ key: ServiceAccountKey, tokenURI: String) {
        clientEmail = key.clientEmail
        keyID = key.keyID
        privateKey = key.privateKey
        self.tokenURI = tokenURI
    }

    /// Reads a key file.
    public init(file: JSONValue) throws(SimulatorError) {
        func text(_ name: String) throws(SimulatorError) -> String {
            guard let value = file[name]?.stringValue, !value.isEmpty else {
                throw .unusable("the service account file has no \(name)")
            }
            return value
        }
        clientEmail = try text("client_email")
        keyID = try text("private_key_id")
        tokenURI = try text("token_uri")
        do {
            privateKey = try PrivateKey(pem: try text("private_key"))
        } catch {
            throw .unusable("the service account file has no usable private_key: \(error)")
        }
    }

    /// The file.
    public func file() throws(CryptographyError) -> JSONValue {
        let project = clientEmail.split(separator: "@").last?.split(separator: ".").first.map(String.init) ?? "demo"
        let digits = SHA256.digest(Array(clientEmail.utf8)).prefix(20).map { String($0 % 10) }.joined()
        return [
            "type": "service_account", "project_id": .string(project), "private_key_id": .string(keyID),
            "private_key": .string(try privateKey.pkcs8PEM), "client_email": .string(clientEmail),
            "client_id": .string("1" + digits), "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": .string(tokenURI),
            "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
            "client_x509_cert_url": .string("https://www.googleapis.com/robot/v1/metadata/x509/\(clientEmail)"),
            "universe_domain": "googleapis.com",
        ]
    }
}
