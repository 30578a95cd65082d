import Contracts
import HTTPTypes
import JSON

extension Pass {
    /// A pass that a link makes for the first time.
    init(
        link: LinkClaims, serialNumber: SerialNumber, platform: Platform, campaignVersion: Int, tokenKeyID: String,
        at now: Instant
    ) {
        self.init(
            serialNumber: serialNumber, campaign: link.campaign, passKey: link.passKey, platforms: [platform],
            contact: link.contact, voucher: link.voucher, voided: false, campaignVersion: campaignVersion, version: 1,
            tokenKeyID: tokenKeyID, dataAt: link.issuedAt, lastModified: now.wholeSeconds, changedAt: nil,
            expiresAt: nil, createdAt: now, updatedAt: now)
    }

    /// This pass with the data of a link that was opened on a platform: newer data replace older, older change nothing.
    func opened(by link: LinkClaims, on platform: Platform) -> Pass {
        var pass = self
        pass.platforms.insert(platform)
        if erasedAt != nil, link.issuedAt > dataAt { pass.revive(by: link) }
        if link.issuedAt > dataAt {
            pass.dataAt = link.issuedAt
            pass.contact = contact(broughtBy: link)
            pass.voucher = link.voucher
        }
        return pass
    }

    /// This pass with the data of a merge patch (RFC 7396); one that changes nothing leaves it as it is.
    func patched(with patch: PassPatch, at now: Instant) -> Pass {
        var pass = self
        pass.contact = pass.contact.merged(with: patch.contact)
        pass.voucher = pass.voucher.merged(with: patch.voucher)
        if patch.voided.isPresent { pass.voided = patch.voided.value ?? false }
        if pass == self { return self }
        pass.dataAt = max(now, dataAt)
        return pass
    }

    /// This pass as it is no longer good.
    func ended() -> Pass {
        var pass = self
        pass.voided = true
        return pass
    }

    /// Raises what a change raises: the row's version, and `Last-Modified` by at least a second when the package is
    /// another one.
    func stamped(over old: Pass, movesPackage: Bool, at now: Instant) -> Pass {
        var pass = self
        pass.version = old.version + 1
        pass.updatedAt = now
        if movesPackage { pass.lastModified = max(now.wholeSeconds, old.lastModified + 1) }
        return pass
    }
}

extension JSONObject {
    /// This object after a member of a merge patch: absent leaves it, null empties it.
    fileprivate func merged(with patch: Field<JSONObject>) -> JSONObject {
        switch patch {
        case .absent: self
        case .null: JSONObject()
        case .value(let patch): JSONValue.object(self).mergePatched(with: .object(patch)).objectValue ?? self
        }
    }
}
