import Cryptography
import JSON

/// Makes links. Needs no database: everything a pass is made from travels in the link.
struct LinkMinter: Sendable {
    /// The longest URL that mail clients, messengers and proxies carry reliably, in bytes.
    static let maximumURLBytes = 8_000

    private let format: LinkFormat
    private let prefix: String
    private let signedHeader: [UInt8]
    private let encryptedHeader: [UInt8]
    private let authenticator: HMACSHA256
    private let key: [UInt8]

    /// - Parameter baseURL: the public base URL, with or without a slash at its end.
    init(keys: KeyRing, format: LinkFormat, baseURL: String) {
        let (kid, key) = keys.primary
        self.format = format
        self.key = key
        prefix = (baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL) + "/api/pass/create/"
        authenticator = HMACSHA256(key: key)
        signedHeader = Array(Base64URL.encode(Array(#"{"alg":"HS256","kid":"\#(kid)","typ":"JWT"}"#.utf8)).utf8)
        encryptedHeader = Array(#"{"alg":"dir","enc":"A256GCM","kid":"\#(kid)","typ":"JWT"}"#.utf8)
    }

    /// The link to a pass, or to several.
    /// - Throws: ``RequestedLinkFault`` when the URL would be longer than ``maximumURLBytes``.
    func url(for content: LinkContent) throws(RequestedLinkFault) -> String {
        switch content {
        case .pass(let claims):
            try url(of: token(for: claims.payload), remedy: "Send less contact and voucher data.", member: nil)
        case .bundle(let bundle):
            try url(
                of: token(for: bundle.payload),
                remedy: "Put fewer passes into it, or less contact and voucher data into each; data that all passes "
                    + "share count once.", member: "passes")
        }
    }

    /// What stands behind the path in the link to one pass of a bundle.
    func token(for claims: LinkClaims) throws(RequestedLinkFault) -> String { try token(for: claims.payload) }

    private func url(of token: String, remedy: String, member: String?) throws(RequestedLinkFault) -> String {
        let url = prefix + token
        guard url.utf8.count <= Self.maximumURLBytes else {
            throw RequestedLinkFault(
                "The link would have \(url.utf8.count) bytes; \(Self.maximumURLBytes) are allowed. \(remedy)",
                member: member)
        }
        return url
    }

    private func token(for payload: [UInt8]) throws(RequestedLinkFault) -> String {
        switch format {
        case .signed:
            var token: [UInt8] = []
            token.reserveCapacity(signedHeader.count + (payload.count + HMACSHA256.length) * 4 / 3 + 4)
            token += signedHeader
            token.append(UInt8(ascii: "."))
            Base64URL.append(payload, to: &token)
            let mac = authenticator.authenticate(token)
            token.append(UInt8(ascii: "."))
            Base64URL.append(mac, to: &token)
            return String(decoding: token, as: UTF8.self)
        case .encrypted:
            do {
                return try JWE.encrypt(payload, header: encryptedHeader, key: key)
            } catch {
                throw RequestedLinkFault("The link could not be encrypted.", member: nil)
            }
        }
    }
}
