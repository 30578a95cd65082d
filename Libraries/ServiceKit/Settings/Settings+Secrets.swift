import Cryptography
import HTTPServer
import HTTPTypes

extension Settings {
    /// A secret text; required.
    public mutating func secret(_ name: String, help: String) -> Secret<String> {
        value(name, standIn: Secret(""), isSecret: true, help: help) { text throws(InvalidSetting) in Secret(text) }
    }

    /// A secret text that may stay away.
    public mutating func optionalSecret(_ name: String, help: String) -> Secret<String>? {
        optionalValue(name, isSecret: true, help: help) { text throws(InvalidSetting) in Secret(text) }
    }

    /// A ring of keys, `kid:base64,kid2:base64`; required.
    public mutating func keyRing(_ name: String, help: String) -> KeyRing {
        value(name, standIn: Self.noKeys, isSecret: true, help: "\(help) (kid:base64,kid2:base64; the first is used)") {
            text throws(InvalidSetting) in
            do throws(KeyRingError) {
                return try KeyRing(parsing: text)
            } catch {
                throw InvalidSetting(
                    "is no ring of keys: \(error)", remedy: "make a key with `openssl rand -base64 32`")
            }
        }
    }

    /// The digests of the tokens that open each scope, from `<SCOPE>_TOKEN_SHA256`, comma-separated.
    public mutating func accessTokens(_ scopes: [AccessScope]) -> AccessTokens {
        var digests: [AccessScope: [[UInt8]]] = [:]
        for scope in scopes {
            let name = scope.rawValue.uppercased().replacing("-", with: "_") + "_TOKEN_SHA256"
            digests[scope] = optionalValue(
                name,
                help: "SHA-256 digests in hex, comma-separated, of the tokens with scope \(scope); none: nobody has it"
            ) { text throws(InvalidSetting) in
                try Self.digests(text)
            }
        }
        return AccessTokens(digests: digests)
    }

    /// How long entries of the audit log are kept; a day at least, since the schema lets no younger one go.
    public mutating func auditRetention() -> Duration {
        let day = Duration.seconds(86_400)
        return duration(
            "AUDIT_LOG_RETENTION_SECONDS", default: day * 730, in: day * 2...day * 3_650,
            help: "How long it is kept what administrators did")
    }

    /// Address blocks, `10.0.0.0/8,::1`.
    public mutating func addressBlocks(_ name: String, help: String) -> [CIDR] {
        value(name, default: ([], "none"), standIn: [], help: help) { text throws(InvalidSetting) in
            var blocks: [CIDR] = []
            for item in Self.items(text) {
                guard let block = CIDR(item) else {
                    throw Self.invalid(item, "is no address block", remedy: "give blocks such as 10.0.0.0/8,fd00::/8")
                }
                blocks.append(block)
            }
            return blocks
        }
    }

    private static func digests(_ text: String) throws(InvalidSetting) -> [[UInt8]] {
        var digests: [[UInt8]] = []
        for (index, item) in items(text).enumerated() {
            // Not quoted: whoever mistakes it for the token's own place has put the token here.
            guard let digest = Hex.decode(item), digest.count == SHA256.length else {
                throw InvalidSetting(
                    "holds something else than 64 hex digits at position \(index + 1)",
                    remedy: "give the digest of the token: printf %s \"$TOKEN\" | sha256sum")
            }
            digests.append(digest)
        }
        return digests
    }

    /// Stands in for a ring that could not be read; the process ends before anything is sealed with it.
    private static var noKeys: KeyRing {
        do throws(KeyRingError) {
            return try KeyRing(parsing: "none:" + Base64.encode(SecureRandom.bytes(32)))
        } catch {
            preconditionFailure("a ring of one random key: \(error)")
        }
    }
}
