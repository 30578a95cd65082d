import Contracts
import Cryptography
import HTTPTypes
import JSON

/// What an entry of `POST /pers/v1/urls` says of one pass.
struct RequestedPass: Sendable {
    var campaign: CampaignID?
    var passKey: PassKey?
    var contact = JSONObject()
    var voucher = JSONObject()

    /// The members that say it.
    static let keys: Set<String> = ["campaignId", "passKey", "contact", "voucher"]
    /// The longest pass key, in bytes.
    static let maximumPassKeyBytes = 512

    /// Reads a member.
    mutating func set(_ key: String, _ value: JSONValue) throws(RequestedLinkFault) {
        switch key {
        case "campaignId": campaign = try Self.campaign(value)
        case "passKey": passKey = try Self.passKey(value)
        case "contact": contact = try Self.object(value, key)
        default: voucher = try Self.object(value, key)
        }
    }

    /// One pass of a list: what it says itself, and these values where it says nothing.
    func overlaid(by value: JSONValue) throws(RequestedLinkFault) -> RequestedPass {
        guard case .object(let object) = value else {
            throw RequestedLinkFault("Expected an object such as {\"campaignId\":…,\"contact\":…}.", member: nil)
        }
        var pass = self
        for (key, value) in object {
            guard Self.keys.contains(key) else {
                throw RequestedLinkFault(
                    "A pass of `passes` has campaignId, passKey, contact and voucher; id, platform and expiresAt stand "
                        + "beside `passes`.", member: key)
            }
            if case .null = value { continue }
            try pass.set(key, value)
        }
        return pass
    }

    /// The pass as a link names it.
    /// - Parameter frame: platform, instant and end.
    func claims(in frame: LinkBundle) throws(RequestedLinkFault) -> LinkClaims {
        guard let campaign else { throw .missingCampaign }
        return LinkClaims(
            campaign: campaign, platform: frame.platform, passKey: try key(),
            contact: contact, voucher: voucher, issuedAt: frame.issuedAt, expiresAt: frame.expiresAt)
    }

    private func key() throws(RequestedLinkFault) -> PassKey {
        if let passKey { return passKey }
        return try Self.passKey(contact, voucher)
    }

    static func string(_ value: JSONValue, _ member: String) throws(RequestedLinkFault) -> String {
        guard let string = value.stringValue else { throw RequestedLinkFault("Expected a string.", member: member) }
        return string
    }
}

extension RequestedPass {
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
}

extension RequestedLinkFault {
    static let missingCampaign = RequestedLinkFault("`campaignId` is missing.", member: "campaignId")
}
