import Cryptography
import JSON

/// Signs callbacks as Google does (ECv2SigningOnly), with keys of its own.
public struct CallbackSigner: Sendable {
    private let root: PrivateKey
    private let intermediate: PrivateKey

    /// Makes the keys.
    public init() throws {
        root = try .generateP256()
        intermediate = try .generateP256()
    }

    /// The root key as Google's list has it: the base 64 of its SubjectPublicKeyInfo.
    public var rootKey: String { Base64.encode(root.publicKey.der) }

    /// The body of a callback for a recipient.
    public func body(_ message: JSONValue, recipient: String) throws -> [UInt8] {
        let key: JSONValue = [
            "keyValue": .string(Base64.encode(intermediate.publicKey.der)), "keyExpiration": "4102444800000",
        ]
        let signedMessage = "\(message)"
        let vouched = Self.framed(["GooglePayPasses", "ECv2SigningOnly", "\(key)"])
        let signed = Self.framed(["GooglePayPasses", recipient, "ECv2SigningOnly", signedMessage])
        let body: JSONValue = [
            "protocolVersion": "ECv2SigningOnly",
            "signature": .string(Base64.encode(try intermediate.signature(for: signed))),
            "intermediateSigningKey": [
                "signedKey": .string("\(key)"),
                "signatures": [.string(Base64.encode(try root.signature(for: vouched)))],
            ], "signedMessage": .string(signedMessage),
        ]
        return body.serialized()
    }

    /// Each part behind its length in bytes: four bytes, the least first.
    private static func framed(_ parts: [String]) -> [UInt8] {
        parts.flatMap { part in
            let count = part.utf8.count
            return [UInt8(count & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count >> 16), 0] + Array(part.utf8)
        }
    }
}
