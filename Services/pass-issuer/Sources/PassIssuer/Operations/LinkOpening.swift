import Contracts
import Cryptography
import HTTPClient
import HTTPServer
import HTTPTypes

/// What happens when a phone opens a link: the pass is made once, later opens find it, newer links bring newer data.
struct LinkOpening: Sendable {
    let campaigns: CampaignStore
    let passes: PassStore
    let library: CampaignLibrary
    let downloads: DownloadNotes
    let tokenKeys: HMACKeyRing
    let bridge: GoogleBridgeClient
    let erasures: ErasureStore
    let contacts: ContactHashes

    /// Makes or finds the pass of a link and signs it.
    func open(_ link: LinkClaims, at now: Instant) async throws -> SignedPass {
        let settled = try await settle(link, on: .apple, at: now) { campaign, pass, isStored in
            isStored ? try campaign.package(of: pass, at: now) : try campaign.sign(pass, at: now)
        }
        settled.campaign.remember(settled.product)
        // A new pass is stored together with its first download.
        if !settled.isNew { downloads.note(settled.product.pass.serialNumber, at: now) }
        return settled.product
    }

    /// Makes or finds the pass of a link and has it written to Google.
    /// - Returns: the page on which the person saves it.
    func save(_ link: LinkClaims, at now: Instant, on behalf: HTTPRequest) async throws -> GoogleObjectAnswer {
        let wanted = try await wanted(link, at: now)
        do throws(RPCError) {
            return try await bridge.putObject(wanted.serialNumber, wanted.object, on: behalf)
        } catch {
            throw IssuingError(google: error)
        }
    }

    /// Makes or finds the pass of a link, and what Google shall have of it.
    ///
    /// Stored before Google hears of it: whatever happens from here on, opening the link again finds the same pass and
    /// object.
    func wanted(_ link: LinkClaims, at now: Instant) async throws -> GoogleObjectUpdate {
        try await settle(link, on: .google, at: now) { campaign, pass, _ in
            GoogleObjectUpdate(serialNumber: pass.serialNumber, object: try campaign.googleObject(of: pass))
        }.product
    }

    /// What a link would be answered with, without making or storing anything.
    func peek(_ link: LinkClaims, on platform: Platform, at now: Instant) async throws -> Pass? {
        let standing = campaigns.beginStanding(of: link.campaign)
        let stored = passes.beginPass(SerialNumber(campaign: link.campaign, passKey: link.passKey))
        _ = try Self.admit(try await standing.answer, on: platform, at: now)
        let pass = try await stored.answer
        try await requirePerson(of: link, stored: pass)
        return pass
    }

    /// Refuses a link to somebody whose data were erased after it was made.
    func requirePerson(of link: LinkClaims, stored: Pass?) async throws {
        if let stored {
            try stored.requireOpening(by: link)
            guard link.issuedAt > stored.dataAt else { return }
        }
        guard try await erasures.holds(contacts.hashes(of: link.contact), since: link.issuedAt) else { return }
        throw IssuingError.erasedContact
    }

    /// The platforms that a link can be opened on: those of its campaign, as far as the link is for them.
    func platforms(of link: LinkClaims, at now: Instant) async throws -> Set<Platform> {
        let standing = try await campaigns.standing(of: link.campaign)
        let wanted: Set<Platform> =
            switch link.platform {
            case .any: standing?.issuer.platforms ?? []
            case .apple: [.apple]
            case .google: [.google]
            }
        for platform in wanted { _ = try Self.admit(standing, on: platform, at: now) }
        if wanted.isEmpty { _ = try Self.admit(standing, on: .apple, at: now) }
        return wanted
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

    /// What a link led to.
    private struct Settled<Product: Sendable>: Sendable {
        let campaign: IssuableCampaign
        let product: Product
        /// Whether the pass was made just now.
        var isNew = false
    }

    /// Makes the pass of a link, or brings it up to date with it, and stores it once it is known that it can be shown.
    /// - Parameter product: makes what the platform gets of a pass; `isStored` when this is the pass as it stands.
    private func settle<Product: Sendable>(
        _ link: LinkClaims, on platform: Platform, at now: Instant,
        product: (_ campaign: IssuableCampaign, _ pass: Pass, _ isStored: Bool) throws -> Product
    ) async throws -> Settled<Product> {
        let serialNumber = SerialNumber(campaign: link.campaign, passKey: link.passKey)
        return try await Retrying.untilFirst {
            let found = campaigns.beginStanding(of: link.campaign)
            let stored = passes.beginPass(serialNumber)
            let standing = try Self.admit(try await found.answer, on: platform, at: now)
            guard let old = try await stored.answer else {
                let campaign = try await library.issuable(standing)
                var pass = Pass(
                    link: link, serialNumber: serialNumber, platform: platform, campaignVersion: campaign.version,
                    tokenKeyID: tokenKeys.primaryKid, at: now)
                pass.expiresAt = try campaign.expiry(of: pass, at: now)
                let made = try product(campaign, pass, false)
                if try await insert(pass) { return Settled(campaign: campaign, product: made, isNew: true) }
                try await requirePerson(of: link, stored: nil)
                return nil
            }
            try await requirePerson(of: link, stored: old)
            return try await reopen(old, with: link, on: platform, standing: standing, at: now, product: product)
        }
    }

    /// Brings a pass that is there up to date with a link.
    /// - Returns: nil when another writer changed it meanwhile.
    private func reopen<Product: Sendable>(
        _ old: Pass, with link: LinkClaims, on platform: Platform, standing: CampaignStanding, at now: Instant,
        product: (_ campaign: IssuableCampaign, _ pass: Pass, _ isStored: Bool) throws -> Product
    ) async throws -> Settled<Product>? {
        let opened = old.opened(by: link, on: platform)
        let renewal = try await library.renewal(ofVersion: old.campaignVersion, standing: standing)
        if opened == old, renewal.newest.version == old.campaignVersion {
            return Settled(campaign: renewal.current, product: try product(renewal.current, old, true))
        }
        let cause: ChangeCause =
            opened.dataAt > old.dataAt ? .newerLink : .newCampaignVersion(renewal.newest.version)
        let transition = try renewal.transition(of: old, to: opened, because: cause, at: now)
        let made = try product(transition.campaign, transition.new, transition.new == old)
        if transition.new != old {
            guard try await passes.replace(transition) else { return nil }
        }
        return Settled(campaign: transition.campaign, product: made)
    }

    /// Stores a new pass; false when somebody else made it, or changed the campaign, meanwhile.
    private func insert(_ pass: Pass) async throws -> Bool {
        do {
            return try await passes.insert(pass, unlessErased: contacts.hashes(of: pass.contact))
        } catch  where error.sqlState == .foreignKeyViolation {
            // The version was replaced, and pruned, between its reading and now.
            return false
        }
    }
}
