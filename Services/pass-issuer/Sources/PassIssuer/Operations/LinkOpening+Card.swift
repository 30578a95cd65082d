import Contracts
import HTTPTypes

extension LinkOpening {
    /// What a page shows of the pass behind a link, without making or storing anything.
    func card(of link: LinkClaims, for accepted: AcceptedLanguages, at now: Instant) async throws -> PassCard {
        let serialNumber = SerialNumber(campaign: link.campaign, passKey: link.passKey)
        return try await Retrying.untilFirst {
            let found = campaigns.beginStanding(of: link.campaign)
            let stored = passes.beginPass(serialNumber)
            guard let standing = try await found.answer else { throw IssuingError.unknownCampaign }
            let known = try await stored.answer
            try await requirePerson(of: link, stored: known)
            guard let old = known else {
                let pass = Pass(
                    link: link, serialNumber: serialNumber, platform: .apple, campaignVersion: standing.version,
                    tokenKeyID: tokenKeys.primaryKid, at: now)
                return try await library.issuable(standing).card(of: pass, for: accepted)
            }
            let pass = old.opened(by: link, on: .apple)
            let renewal = try await library.renewal(ofVersion: old.campaignVersion, standing: standing)
            do throws(IssuingError) {
                return try renewal.newest.card(of: pass, for: accepted)
            } catch {
                // A pass that does not fit the newest version stays with the one that it has.
                return try renewal.current.card(of: pass, for: accepted)
            }
        }
    }
}

extension IssuableCampaign {
    /// A pass as a page shows it, after checking it with its real values.
    fileprivate func card(of pass: Pass, for accepted: AcceptedLanguages) throws(IssuingError) -> PassCard {
        PassCard(
            try check(pass), shared: content.sharedLocalizations, images: images, organizationName: organizationName,
            accepted: accepted)
    }
}
