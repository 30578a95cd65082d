import Contracts
import HTTPTypes
import JSON

/// One entry of a `POST /pers/v1/urls` batch, read by hand: ten thousand come at once, and each has its own fault.
struct RequestedLink: Sendable {
    /// The caller's name for the entry, given back with its link.
    let id: String?
    let content: LinkContent

    /// Reads an entry.
    /// - Throws: ``RequestedLinkFault`` naming the member at fault.
    init(_ value: JSONValue, at now: Instant) throws(RequestedLinkFault) {
        guard case .object(let object) = value else {
            throw RequestedLinkFault("Expected an object with `campaignId` and `platform`.", member: nil)
        }
        var id: String?
        var platform: LinkPlatform?
        var expiresAt: Instant?
        var passes: JSONValue?
        var pass = RequestedPass()
        for (key, value) in object {
            guard RequestedPass.keys.contains(key) || Self.keys.contains(key) else {
                throw RequestedLinkFault("Unknown key. Known are \(Self.words).", member: key)
            }
            if case .null = value { continue }
            switch key {
            case "id": id = try RequestedPass.string(value, "id")
            case "platform": platform = try Self.platform(value)
            case "expiresAt": expiresAt = try Self.expiry(value, after: now)
            case "passes": passes = value
            default: try pass.set(key, value)
            }
        }
        if passes == nil, pass.campaign == nil { throw .missingCampaign }
        guard let platform else {
            throw RequestedLinkFault("`platform` is missing: \(LinkPlatform.words).", member: "platform")
        }
        self.id = id
        content = try Self.content(
            passes, pass, LinkBundle(platform: platform, issuedAt: now, expiresAt: expiresAt, passes: []))
    }

    /// The caller's name of an entry that may be at fault.
    static func id(of value: JSONValue) -> String? { value["id"]?.stringValue }

    private static let keys: Set<String> = ["id", "platform", "expiresAt", "passes"]
    private static let words = "id, campaignId, platform, passKey, contact, voucher, expiresAt and passes"
}

extension RequestedLink {
    /// - Parameters:
    ///   - shared: what stands beside the list: the pass, or what the passes of the list have where they say nothing.
    ///   - frame: what all passes have in common.
    private static func content(
        _ list: JSONValue?, _ shared: RequestedPass, _ frame: LinkBundle
    ) throws(RequestedLinkFault) -> LinkContent {
        guard let list else { return .pass(try shared.claims(in: frame)) }
        guard shared.passKey == nil else {
            throw RequestedLinkFault("Beside `passes` there is no pass key: each pass has its own.", member: "passKey")
        }
        guard case .array(let items) = list, 1...PassBundle.maximumPasses ~= items.count else {
            throw RequestedLinkFault(
                "Expected a list of 1 to \(PassBundle.maximumPasses) passes; wallets take no more at once. Send several "
                    + "requests.", member: "passes")
        }
        var passes: [LinkClaims] = []
        for (index, item) in items.enumerated() {
            do throws(RequestedLinkFault) {
                let pass = try shared.overlaid(by: item).claims(in: frame)
                if let same = passes.firstIndex(where: { $0.campaign == pass.campaign && $0.passKey == pass.passKey }) {
                    throw RequestedLinkFault(
                        "It is the same pass as number \(same), of the same campaign and pass key. Give each its own "
                            + "`passKey`.", member: nil)
                }
                passes.append(pass)
            } catch {
                throw error.inPass(index)
            }
        }
        if passes.count == 1, let pass = passes.first { return .pass(pass) }
        return .bundle(
            LinkBundle(
                platform: frame.platform, issuedAt: frame.issuedAt, expiresAt: frame.expiresAt, passes: passes))
    }

    private static func platform(_ value: JSONValue) throws(RequestedLinkFault) -> LinkPlatform {
        guard let platform = LinkPlatform(rawValue: try RequestedPass.string(value, "platform")) else {
            throw RequestedLinkFault("Unknown platform: \(LinkPlatform.words).", member: "platform")
        }
        return platform
    }

    private static func expiry(_ value: JSONValue, after now: Instant) throws(RequestedLinkFault) -> Instant {
        guard let instant = Instant(rfc3339: try RequestedPass.string(value, "expiresAt")) else {
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
