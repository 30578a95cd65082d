import Contracts
import HTTPTypes
import JSON

extension LinkClaims {
    /// The JWT claims set (RFC 7519 §4): sorted keys, `iat` and `exp` in seconds with a fraction where there is one.
    var json: JSONValue {
        var object = JSONObject()
        object["iss"] = .string(Self.issuer)
        object["iat"] = .number(Self.number(of: issuedAt))
        if let expiresAt { object["exp"] = .number(Self.number(of: expiresAt)) }
        object["jti"] = .string(passKey.rawValue)
        object["campaign"] = .string(campaign.rawValue)
        object["platform"] = .string(platform.rawValue)
        object["contact"] = .object(contact)
        object["voucher"] = .object(voucher)
        return .object(object)
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

    /// A NumericDate with microseconds (RFC 7519 §2 allows fractions).
    private static func number(of instant: Instant) -> JSONNumber {
        let (seconds, rest) = instant.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        guard rest != 0, instant.microseconds > 0 else { return JSONNumber(Int(seconds)) }
        var digits = String(rest)
        digits = String(repeating: "0", count: 6 - digits.utf8.count) + digits
        while digits.last == "0" { digits.removeLast() }
        return JSONNumber(text: "\(seconds).\(digits)") ?? JSONNumber(Int(seconds))
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
