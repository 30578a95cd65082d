import Contracts
import Cryptography
import HTTPTypes

/// What happens when a phone opens a link: the pass is made once, later opens find it, newer links bring newer data.
struct LinkOpening: Sendable {
    let campaigns: CampaignStore
    let passes: PassStore
    let library: CampaignLibrary
    let tokenKeys: HMACKeyRing

    /// Makes or finds the pass of a link and signs it.
    func open(_ link: LinkClaims, at now: Instant) async throws -> SignedPass {
        let serialNumber = SerialNumber(campaign: link.campaign, passKey: link.passKey)
        return try await Retrying.untilFirst {
            async let found = campaigns.standing(of: link.campaign)
            async let stored = passes.pass(serialNumber)
            let standing = try Self.admit(try await found, on: .apple, at: now)
            if let pass = try await stored {
                return try await reopen(pass, with: link, standing: standing, at: now)
            }
            return try await make(serialNumber, of: link, standing: standing, at: now)
        }
    }

    /// What a link would be answered with, without making or storing anything.
    func peek(_ link: LinkClaims, on platform: Platform, at now: Instant) async throws -> Pass? {
        async let standing = campaigns.standing(of: link.campaign)
        async let stored = passes.pass(SerialNumber(campaign: link.campaign, passKey: link.passKey))
        _ = try Self.admit(try await standing, on: platform, at: now)
        return try await stored
    }

    /// The platforms that the link's campaign issues passes for.
    func platforms(of link: LinkClaims, at now: Instant) async throws -> Set<Platform> {
        let standing = try await campaigns.standing(of: link.campaign)
        for platform in standing?.issuer.platforms ?? [] { _ = try Self.admit(standing, on: platform, at: now) }
        guard let standing, !standing.issuer.platforms.isEmpty else {
            _ = try Self.admit(standing, on: .apple, at: now)
            return []
        }
        return standing.issuer.platforms
    }

    /// Lets through a campaign that issues passes for the platform now.
    static func admit(
        _ standing: CampaignStanding?, on platform: Platform, at now: Instant
    ) throws(IssuingError) -> CampaignStanding {
        guard let standing else { throw .unknownCampaign }
        switch standing.state(at: now) {
        case .ended: throw .endedCampaign
        case .draft: throw .draftCampaign
        case .active: break
        }
        guard standing.issuer.platforms.contains(platform) else { throw .platformNotConfigured(platform) }
        return standing
    }

    /// Makes a pass for the first time.
    /// - Returns: nil when somebody else made it, or changed the campaign, meanwhile.
    private func make(
        _ serialNumber: SerialNumber, of link: LinkClaims, standing: CampaignStanding, at now: Instant
    ) async throws -> SignedPass? {
        let campaign = try await library.issuable(standing)
        let pass = Pass(
            link: link, serialNumber: serialNumber, platform: .apple, campaignVersion: campaign.version,
            tokenKeyID: tokenKeys.primaryKid, at: now)
        let signed = try campaign.sign(pass, at: now)
        do {
            guard try await passes.insert(pass) else { return nil }
        } catch  where error.sqlState == .foreignKeyViolation {
            // The version was replaced, and pruned, between its reading and now.
            return nil
        }
        campaign.remember(signed)
        return signed
    }

    /// Serves a pass that is there, after whatever the link changes in it.
    /// - Returns: nil when another writer changed it meanwhile.
    private func reopen(
        _ pass: Pass, with link: LinkClaims, standing: CampaignStanding, at now: Instant
    ) async throws -> SignedPass? {
        let opened = pass.opened(by: link, on: .apple, at: now)
        let (campaign, made) = try await library.newest(opened, standing: standing, at: now)
        if made == pass { return try campaign.package(of: pass, at: now) }
        let signed = try campaign.sign(made, at: now)
        let notices = made.hasSameContent(as: pass) ? [] : campaign.notices(of: made)
        guard try await passes.replace(pass, by: made, telling: notices) else { return nil }
        campaign.remember(signed)
        return signed
    }
}
