import Cryptography
import JSON

/// What the tests of google-bridge have in common.
enum GoogleFixtures {
    static let issuerID = "3388000000012345678"
    static let clientEmail = "wallet@acme.iam.gserviceaccount.com"
    static let masterKeys = "m1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    /// The service account's key: one for all tests, since making one takes a while.
    static let key = Result { try PrivateKey.generateRSA() }

    /// A service account's key file.
    static func serviceAccount(tokenURI: String, keyID: String = "k1") throws -> JSONValue {
        [
            "type": "service_account", "client_email": .string(clientEmail), "private_key_id": .string(keyID),
            "private_key": .string(try key.get().pkcs8PEM), "token_uri": .string(tokenURI),
        ]
    }
}
