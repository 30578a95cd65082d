/// What can be wrong with keys, certificates, tokens and sealed secrets; never holds key material.
public enum CryptographyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The named thing is not what it should be.
    case malformed(String)
    case noPrivateKey
    case noCertificate
    case passwordRequired
    case wrongPassword
    case wrongPKCS12Password
    case unsupportedKey(reason: String)
    case unsupportedEncryption
    case keyDoesNotMatchCertificate
    /// The certificate of the subject breaks the chain, for a reason in words.
    case untrustedChain(subject: String, reason: String)
    case unknownKey(kid: String)
    /// A seal, tag or signature that is not the content's.
    case notAuthentic
    /// The named operation failed inside OpenSSL, with its own words.
    case failed(operation: String, reason: String)

    /// One sentence, safe to show and to log.
    public var description: String {
        switch self {
        case .malformed(let what): "The \(what) is malformed."
        case .noPrivateKey: "The file holds no private key."
        case .noCertificate: "The file holds no certificate."
        case .passwordRequired: "The private key is encrypted and needs its password."
        case .wrongPassword: "The password of the private key is wrong."
        case .wrongPKCS12Password: "The password of the PKCS#12 file is wrong."
        case .unsupportedKey(let reason): "The key can't be used: \(reason)."
        case .unsupportedEncryption: "The file is encrypted with an algorithm that is not supported."
        case .keyDoesNotMatchCertificate: "The private key does not belong to the certificate."
        case .untrustedChain(let subject, let reason): "The certificate \(subject) is not trusted: \(reason)."
        case .unknownKey(let kid): "No key has the id \(kid)."
        case .notAuthentic: "The content does not match its seal."
        case .failed(let operation, let reason): "Failed to \(operation): \(reason)."
        }
    }
}
