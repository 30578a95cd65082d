import Contracts
import JSON

extension LinkBundle {
    /// The claims set of the link: `passes` in the place of one pass, and what all of them share beside it, once.
    var payload: [UInt8] {
        var claims: JSONObject = [
            "iat": LinkClaims.numericDate(issuedAt), "iss": .string(LinkClaims.issuer),
            "platform": .string(platform.rawValue),
        ]
        if let expiresAt { claims["exp"] = LinkClaims.numericDate(expiresAt) }
        var members = passes.map(Self.members)
        for key in ["campaign", "contact", "voucher"] {
            guard let first = members.first?[key], members.allSatisfy({ $0[key] == first }) else { continue }
            claims[key] = first
            for index in members.indices { members[index].removeValue(forKey: key) }
        }
        claims["passes"] = .array(members.map(JSONValue.object))
        return JSONValue.object(claims).serialized()
    }

    private static func members(of pass: LinkClaims) -> JSONObject {
        [
            "campaign": .string(pass.campaign.rawValue), "contact": .object(pass.contact),
            "jti": .string(pass.passKey.rawValue), "voucher": .object(pass.voucher),
        ]
    }

    /// Reads the claims of a link whose signature holds; nil when it isn't one that this service makes.
    init?(json: JSONValue) {
        guard case .object(var shared) = json, case .array(let members)? = shared.removeValue(forKey: "passes") else {
            return nil
        }
        var passes: [LinkClaims] = []
        for member in members {
            guard case .object(let member) = member else { return nil }
            var claims = shared
            for (key, value) in member { claims[key] = value }
            guard let pass = LinkClaims(json: .object(claims)) else { return nil }
            passes.append(pass)
        }
        guard let first = passes.first, passes.count <= PassBundle.maximumPasses else { return nil }
        self.init(platform: first.platform, issuedAt: first.issuedAt, expiresAt: first.expiresAt, passes: passes)
    }
}
