import Contracts
import HTTPTypes
import JSON

extension LinkClaims {
    /// The JWT claims set (RFC 7519 §4): sorted keys, `iat` and `exp` in seconds with a fraction where there is one.
    ///
    /// Written as text at once: a batch mints ten thousand.
    var payload: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(512)
        text += #"{"campaign":"#.utf8
        JSONValue.string(campaign.rawValue).append(to: &text)
        text += #","contact":"#.utf8
        JSONValue.object(contact).append(to: &text)
        if let expiresAt {
            text += #","exp":"#.utf8
            Self.append(expiresAt, to: &text)
        }
        text += #","iat":"#.utf8
        Self.append(issuedAt, to: &text)
        text += #","iss":"\#(Self.issuer)","jti":"#.utf8
        JSONValue.string(passKey.rawValue).append(to: &text)
        text += #","platform":"\#(platform.rawValue)","voucher":"#.utf8
        JSONValue.object(voucher).append(to: &text)
        text.append(UInt8(ascii: "}"))
        return text
    }

    /// Reads the claims of a link whose signature holds; nil when it isn't one that this service makes.
    init?(json: JSONValue) {
        guard json["iss"]?.stringValue == Self.issuer,
            let issuedAt = Self.instant(json["iat"]),
            let passKey = json["jti"]?.stringValue.flatMap(PassKey.init(rawValue:)),
            let campaign = json["campaign"]?.stringValue.flatMap(CampaignID.init(rawValue:)),
            let platform = json["platform"]?.stringValue.flatMap(LinkPlatform.init(rawValue:))
        else { return nil }
        if let exp = json["exp"] {
            guard let expiresAt = Self.instant(exp) else { return nil }
            self.expiresAt = expiresAt
        }
        guard let contact = Self.object(json["contact"]), let voucher = Self.object(json["voucher"]) else { return nil }
        self.campaign = campaign
        self.platform = platform
        self.passKey = passKey
        self.contact = contact
        self.voucher = voucher
        self.issuedAt = issuedAt
    }

    private static func object(_ value: JSONValue?) -> JSONObject? {
        switch value {
        case nil: JSONObject()
        case .object(let object): object
        default: nil
        }
    }

    /// A NumericDate, for claims that are not written as text.
    static func numericDate(_ instant: Instant) -> JSONValue {
        var text: [UInt8] = []
        append(instant, to: &text)
        return .number(JSONNumber(text: String(decoding: text, as: UTF8.self)) ?? JSONNumber(instant.wholeSeconds))
    }

    /// Appends a NumericDate with microseconds (RFC 7519 §2 allows fractions).
    private static func append(_ instant: Instant, to text: inout [UInt8]) {
        let (seconds, rest) = instant.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        text += String(seconds).utf8
        guard rest != 0, instant.microseconds > 0 else { return }
        text.append(UInt8(ascii: "."))
        // Seven digits with a one in front, so that zeros stay; the one and the zeros at the end go.
        var digits = Array(String(1_000_000 + rest).utf8.dropFirst())
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        text += digits
    }

    /// Seconds since 1970 up to the year 9999, in decimal or integer form, read without going through binary fractions.
    private static func instant(_ value: JSONValue?) -> Instant? {
        guard case .number(let number)? = value else { return nil }
        let parts = number.text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let seconds = Int64(parts[0]), (0...253_402_300_799).contains(seconds) else { return nil }
        guard parts.count == 2 else { return Instant(microseconds: seconds * 1_000_000) }
        let digits = parts[1].prefix(6)
        guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), var fraction = Int64(digits) else { return nil }
        for _ in digits.count..<6 { fraction *= 10 }
        return Instant(microseconds: seconds * 1_000_000 + fraction)
    }
}
