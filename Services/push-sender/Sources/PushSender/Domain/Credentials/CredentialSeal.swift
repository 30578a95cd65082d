import Contracts
import Cryptography
import JSON

/// Seals credentials to their row, so that none can be put in another's place.
struct CredentialSeal: Sendable {
    let secrets: SecretBox

    /// The sealed credentials.
    func seal(_ credentials: PushCredentials, of passType: PassTypeIdentifier) throws -> [UInt8] {
        secrets.seal(try JSON.encode(credentials), context: Self.context(of: passType))
    }

    /// The credentials of a row.
    func open(_ stored: StoredCredentials) throws -> PushCredentials {
        let content = try secrets.open(stored.sealed, context: Self.context(of: stored.passTypeIdentifier))
        return try JSON.decode(PushCredentials.self, from: content)
    }

    /// Whether credentials are sealed under another key than the first.
    func needsRotation(_ stored: StoredCredentials) -> Bool {
        secrets.needsRotation(stored.sealed)
    }

    private static func context(of passType: PassTypeIdentifier) -> [UInt8] {
        Array("push.credentials/\(passType.rawValue)/sealed".utf8)
    }
}
