/// Signed tokens in compact form (RFC 7515), over bytes: the JSON inside is the caller's.
///
/// The caller chooses the algorithm from what it trusts the key for, and compares a token's header with it.
public enum JWS {
    /// A token taken apart, not verified.
    public struct Parsed: Sendable {
        /// The JSON of the protected header.
        public let headerJSON: [UInt8]
        /// What the token carries.
        public let payload: [UInt8]
        /// What was signed: the encoded header and payload with the dot between them.
        public let signingInput: [UInt8]
        /// The signature's bytes.
        public let signature: [UInt8]
    }

    /// Takes a token apart; nothing in it can be trusted before it is verified.
    public static func parse(_ compact: String) throws(CryptographyError) -> Parsed {
        let text = Array(compact.utf8)
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]), !header.isEmpty
        else { throw .malformed("token") }
        return Parsed(
            headerJSON: header, payload: payload, signingInput: Array(text[..<parts[1].endIndex]), signature: signature)
    }

    /// The token under HS256.
    public static func sign(header: [UInt8], payload: [UInt8], key: HMACSHA256) -> String {
        var token = signingInput(header: header, payload: payload)
        append(key.authenticate(token), to: &token)
        return String(decoding: token, as: UTF8.self)
    }

    /// The token under RS256 or ES256, as the key is.
    public static func sign(
        header: [UInt8], payload: [UInt8], key: PrivateKey
    ) throws(CryptographyError) -> String {
        var token = signingInput(header: header, payload: payload)
        let signature = try key.signature(for: token)
        switch key.kind {
        case .rsa: append(signature, to: &token)
        case .p256: append(try ECDSASignature.raw(fromDER: signature), to: &token)
        }
        return String(decoding: token, as: UTF8.self)
    }

    /// Whether a token was made under HS256 with the key, compared in constant time.
    public static func verify(_ token: Parsed, key: HMACSHA256) -> Bool {
        key.isValid(token.signature, for: token.signingInput)
    }

    /// Whether a token was made under RS256 or ES256, as the key is, with its private half.
    public static func verify(_ token: Parsed, key: PublicKey) -> Bool {
        switch key.kind {
        case .rsa:
            return key.isValidSignature(token.signature, for: token.signingInput)
        case .p256:
            guard let signature = ECDSASignature.der(fromRaw: token.signature) else { return false }
            return key.isValidSignature(signature, for: token.signingInput)
        }
    }

    /// The encoded header and payload with the dot between them.
    static func signingInput(header: [UInt8], payload: [UInt8]) -> [UInt8] {
        var input: [UInt8] = []
        input.reserveCapacity((header.count + payload.count) * 4 / 3 + 350)
        Base64URL.append(header, to: &input)
        append(payload, to: &input)
        return input
    }

    static func append(_ part: [UInt8], to token: inout [UInt8]) {
        token.append(UInt8(ascii: "."))
        Base64URL.append(part, to: &token)
    }
}

extension KeyKind {
    /// The name of the key's JWS algorithm (RFC 7518 §3.1).
    public var jwsAlgorithm: String {
        switch self {
        case .rsa: "RS256"
        case .p256: "ES256"
        }
    }
}
