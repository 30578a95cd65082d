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
            tokenKeyID: tokenKeyID, dataAt: link.issuedAt, lastModified: now.wholeSeconds, createdAt: now,
            updatedAt: now)
    }

    /// This pass after a link was opened on a platform: newer data replace older, older data change nothing.
    func opened(by link: LinkClaims, on platform: Platform, at now: Instant) -> Pass {
        var pass = self
        pass.platforms.insert(platform)
        if link.issuedAt > dataAt {
            pass.dataAt = link.issuedAt
            pass.contact = link.contact
            pass.voucher = link.voucher
        }
        return pass.stamped(against: self, at: now)
    }

    /// This pass with a merge patch (RFC 7396) applied.
    func patched(with patch: PassPatch, at now: Instant) -> Pass {
        var pass = self
        pass.contact = pass.contact.merged(with: patch.contact)
        pass.voucher = pass.voucher.merged(with: patch.voucher)
        if patch.voided.isPresent { pass.voided = patch.voided.value ?? false }
        if pass.hasSameContent(as: self) { return self }
        pass.dataAt = max(now, dataAt)
        return pass.stamped(against: self, at: now)
    }

    /// This pass made of another version of its campaign.
    func made(ofVersion campaignVersion: Int, at now: Instant) -> Pass {
        var pass = self
        pass.campaignVersion = campaignVersion
        return pass.stamped(against: self, at: now)
    }

    /// Whether phones would see the same pass.
    func hasSameContent(as other: Pass) -> Bool {
        contact == other.contact && voucher == other.voucher && voided == other.voided
            && campaignVersion == other.campaignVersion
    }

    /// Raises what a change raises: the row's version, and `Last-Modified` by at least a second when content changed.
    private func stamped(against old: Pass, at now: Instant) -> Pass {
        guard self != old else { return old }
        var pass = self
        pass.version = old.version + 1
        pass.updatedAt = now
        if !hasSameContent(as: old) { pass.lastModified = max(now.wholeSeconds, old.lastModified + 1) }
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
