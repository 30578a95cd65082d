import Cryptography

/// Keys and tokens of one platform, made for it alone.
public struct PlatformSecrets: Sendable {
    /// The admin's token.
    public let admin = Self.token()
    /// Personalisation's token.
    public let personalisation = Self.token()
    /// What each service shows to the others.
    public let services: [String: String] = Dictionary(
        uniqueKeysWithValues: ServiceName.allCases.map { ($0.rawValue, Self.token()) })
    /// Keys that seal what lies in the database.
    public let masterKeys = Self.key("m1")
    /// Keys of links.
    public let linkKeys = Self.key("l1")
    /// Keys of the passes' authentication tokens.
    public let passTokenKeys = Self.key("t1")

    /// A new key in the syntax of a key ring.
    public static func key(_ kid: String) -> String { "\(kid):\(Base64.encode(SecureRandom.bytes(32)))" }

    /// What a callee knows of a token.
    public static func digest(_ token: String) -> String { Hex.encode(SHA256.digest(Array(token.utf8))) }

    /// A new token.
    public static func token() -> String { Base64URL.encode(SecureRandom.bytes(32)) }

    /// Everything that must stand in no log.
    public var all: [String] {
        let rings = [masterKeys, linkKeys, passTokenKeys].flatMap { $0.split(separator: ",") }
        return [admin, personalisation] + services.values
            + rings.compactMap { $0.split(separator: ":").last.map(String.init) }
    }
}
