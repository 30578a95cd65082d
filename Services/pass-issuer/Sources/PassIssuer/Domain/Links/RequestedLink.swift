import Contracts
import Cryptography
import HTTPTypes
import JSON

/// One entry of a `POST /pers/v1/urls` batch, read by hand: ten thousand come at once, and each has its own fault.
struct RequestedLink: Sendable {
    /// The caller's name for the entry, given back with its link.
    let id: String?
    let claims: LinkClaims

    /// The longest pass key, in bytes.
    static let maximumPassKeyBytes = 512

    /// Reads an entry.
    /// - Throws: ``RequestedLinkFault`` naming the member at fault.
    init(_ value: JSONValue, at now: Instant) throws(RequestedLinkFault) {
        guard case .object(let object) = value else {
            throw RequestedLinkFault("Expected an object with `campaignId` and `platform`.", member: nil)
        }
        var id: String?
        var campaign: CampaignID?
        var platform: LinkPlatform?
        var passKey: PassKey?
        var contact = JSONObject()
        var voucher = JSONObject()
        var expiresAt: Instant?
        for (key, value) in object {
            guard Self.known.contains(key) else {
                throw RequestedLinkFault("Unknown key. Known are \(Self.keys).", member: key)
            }
            if case .null = value { continue }
            switch key {
            case "id": id = try Self.string(value, "id")
            case "campaignId": campaign = try Self.campaign(value)
            case "platform": platform = try Self.platform(value)
            case "passKey": passKey = try Self.passKey(value)
            case "contact": contact = try Self.object(value, "contact")
            case "voucher": voucher = try Self.object(value, "voucher")
            default: expiresAt = try Self.expiry(value, after: now)
            }
        }
        guard let campaign else { throw RequestedLinkFault("`campaignId` is missing.", member: "campaignId") }
        guard let platform else {
            throw RequestedLinkFault("`platform` is missing: \(LinkPlatform.words).", member: "platform")
        }
        let defaultKey = passKey == nil ? try Self.passKey(contact, voucher) : nil
        guard let passKey = passKey ?? defaultKey else {
            throw RequestedLinkFault("`passKey` is missing.", member: "passKey")
        }
        self.id = id
        claims = LinkClaims(
            campaign: campaign, platform: platform, passKey: passKey,
            contact: contact, voucher: voucher, issuedAt: now, expiresAt: expiresAt)
    }

    /// The caller's name of an entry that may be at fault.
    static func id(of value: JSONValue) -> String? { value["id"]?.stringValue }

    private static let known: Set<String> = [
        "id", "campaignId", "platform", "passKey", "contact", "voucher", "expiresAt",
    ]
    private static let keys = "id, campaignId, platform, passKey, contact, voucher and expiresAt"
}

extension RequestedLink {
    private static func string(_ value: JSONValue, _ member: String) throws(RequestedLinkFault) -> String {
        guard let string = value.stringValue else { throw RequestedLinkFault("Expected a string.", member: member) }
        return string
    }

    private static func object(_ value: JSONValue, _ member: String) throws(RequestedLinkFault) -> JSONObject {
        guard let object = value.objectValue else { throw RequestedLinkFault("Expected an object.", member: member) }
        return object
    }

    private static func campaign(_ value: JSONValue) throws(RequestedLinkFault) -> CampaignID {
        guard let id = CampaignID(rawValue: try string(value, "campaignId")) else {
            throw RequestedLinkFault("A campaign id has 1 to 64 of a–z, 0–9 and `-`.", member: "campaignId")
        }
        return id
    }

    private static func platform(_ value: JSONValue) throws(RequestedLinkFault) -> LinkPlatform {
        guard let platform = LinkPlatform(rawValue: try string(value, "platform")) else {
            throw RequestedLinkFault("Unknown platform: \(LinkPlatform.words).", member: "platform")
        }
        return platform
    }

    private static func passKey(_ value: JSONValue) throws(RequestedLinkFault) -> PassKey {
        let text = try string(value, "passKey")
        guard text.utf8.count <= maximumPassKeyBytes, let key = PassKey(rawValue: text) else {
            throw RequestedLinkFault("A pass key has 1 to \(maximumPassKeyBytes) bytes.", member: "passKey")
        }
        return key
    }

    /// `[contact.id, voucher.code]`, always two places, so that no two pairs collide; random when both are missing.
    private static func passKey(_ contact: JSONObject, _ voucher: JSONObject) throws(RequestedLinkFault) -> PassKey {
        let pair = [contact["id"] ?? .null, voucher["code"] ?? .null]
        // Without either the key is random: a pass that no other link can mean.
        let text =
            pair == [.null, .null]
            ? Hex.encode(SecureRandom.bytes(16))
            : String(decoding: JSONValue.array(pair).serialized(), as: UTF8.self)
        guard text.utf8.count <= maximumPassKeyBytes, let key = PassKey(rawValue: text) else {
            throw RequestedLinkFault(
                "contact.id and voucher.code are too long to make a pass key of; give a `passKey` of up to "
                    + "\(maximumPassKeyBytes) bytes.", member: "passKey")
        }
        return key
    }

    private static func expiry(_ value: JSONValue, after now: Instant) throws(RequestedLinkFault) -> Instant {
        guard let instant = Instant(rfc3339: try string(value, "expiresAt")) else {
            throw RequestedLinkFault("Expected an instant such as 2027-01-01T00:00:00Z.", member: "expiresAt")
        }
        guard instant > now else {
            throw RequestedLinkFault("The link would have expired already.", member: "expiresAt")
        }
        return instant
    }
}

extension LinkPlatform {
    /// The platforms, for a sentence.
    static let words = "one of apple, google and any"
}
