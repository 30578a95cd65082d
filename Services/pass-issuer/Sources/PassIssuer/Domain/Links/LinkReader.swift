import Cryptography
import HTTPTypes
import JSON

/// Reads links, signed and encrypted, by any key of the ring; the algorithm is ours to choose, never the link's.
struct LinkReader: Sendable {
    private let keys: KeyRing
    private let authenticators: HMACKeyRing

    init(keys: KeyRing) {
        self.keys = keys
        authenticators = HMACKeyRing(keys)
    }

    /// What a link leads to that is ours and whose time is not over.
    func content(of link: String, at now: Instant) throws(LinkError) -> LinkContent {
        let parts = link.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
            Substring($0)
        }
        let payload: [UInt8]
        switch parts.count {
        case 3: payload = try signedPayload(parts)
        case 5: payload = try encryptedPayload(link, header: parts[0])
        default: throw .malformed
        }
        // Whoever holds the key wrote these claims: an odd one is a link of another program, not of ours.
        guard let json = try? JSON.parse(payload) else { throw .untrusted }
        if let claims = LinkClaims(json: json) { return .pass(try claims.valid(at: now)) }
        guard let bundle = LinkBundle(json: json) else { throw .untrusted }
        for pass in bundle.passes { _ = try pass.valid(at: now) }
        return .bundle(bundle)
    }

    private func signedPayload(_ parts: [Substring]) throws(LinkError) -> [UInt8] {
        let header = try header(parts[0])
        guard let payload = Base64URL.decode(String(parts[1])) else { throw .malformed }
        guard let signature = Base64URL.decode(String(parts[2])) else {
            // A changed last character may leave what no encoder writes: still a forgery, not another kind of text.
            throw Self.hasOnlyBase64URL(parts[2]) ? .untrusted : .malformed
        }
        guard header["alg"]?.stringValue == "HS256", header["crit"] == nil,
            let authenticator = header["kid"]?.stringValue.flatMap({ authenticators.key($0) })
        else { throw .untrusted }
        let signingInput = Array(parts[0].utf8) + [UInt8(ascii: ".")] + Array(parts[1].utf8)
        guard authenticator.isValid(signature, for: signingInput) else { throw .untrusted }
        return payload
    }

    private static func hasOnlyBase64URL(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }

    private func encryptedPayload(_ link: String, header: Substring) throws(LinkError) -> [UInt8] {
        let header = try self.header(header)
        guard header["alg"]?.stringValue == "dir", header["enc"]?.stringValue == "A256GCM", header["crit"] == nil,
            header["zip"] == nil, let key = header["kid"]?.stringValue.flatMap({ keys.key($0) })
        else { throw .untrusted }
        do {
            return try JWE.decrypt(try JWE.parse(link), key: key)
        } catch {
            throw .untrusted
        }
    }

    /// The header must be a JSON object, or this is no JWT at all.
    private func header(_ part: Substring) throws(LinkError) -> JSONObject {
        guard let bytes = Base64URL.decode(String(part)), case .object(let header)? = try? JSON.parse(bytes) else {
            throw .malformed
        }
        return header
    }
}

extension LinkClaims {
    fileprivate func valid(at now: Instant) throws(LinkError) -> LinkClaims {
        if let expiresAt, expiresAt <= now { throw .expired }
        return self
    }
}
