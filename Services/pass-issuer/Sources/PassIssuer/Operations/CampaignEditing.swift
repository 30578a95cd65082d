import Contracts
import Cryptography
import HTTPTypes
import JSON
import Postgres

/// Creating, changing and deleting campaigns and their images. One change of a campaign runs at a time.
struct CampaignEditing: Sendable {
    let store: CampaignStore
    let images: ImageStore
    let outbox: OutboxStore
    let google: GoogleCampaigns
    let rollouts: RolloutStore
    let activity: ActivityStore
    /// How many passes a rollout may treat in a second; nil is without limit.
    let rolloutRate: Int?

    /// What a PUT led to.
    struct Outcome: Sendable {
        let campaign: Campaign
        let isNew: Bool
        /// What google-bridge had to say about it, and what people will not notice of it.
        var warnings: [String] = []
    }

    /// Creates or replaces a campaign; its version grows when its content changed.
    /// - Throws: ``AdministrationError/faulty(_:)`` with every fault at once; nothing is stored then.
    func put(_ id: CampaignID, _ request: CampaignRequest, at now: Instant) async throws -> Outcome {
        let definition = CampaignDefinition(request)
        // Asked before the lock is taken: no change of a campaign waits for another service.
        let review = try await reviewForGoogle(id, request, definition, at: now)
        let outcome = try await store.database.transaction { transaction in
            try await store.lock(id, in: transaction)
            let current = try await store.campaign(id, in: transaction)
            let issuer = try await store.issuer(request.walletConfigurationId, in: transaction)
            let faults = Self.faults(of: request, definition, over: current, issuer: issuer, google: review.faults)
            guard let issuer, faults.isEmpty else { throw AdministrationError.faulty(faults) }
            var campaign = Self.campaign(id, request, definition, over: current, at: now)
            try await refuseMove(from: current, to: campaign, in: transaction)
            let total = try await activity.passCount(of: id, in: transaction)
            campaign = try await save(
                campaign, over: current, for: issuer.platforms, reaching: total, at: now, in: transaction)
            let unnoticed = total > 0 ? current.map { FieldNotices.warnings(from: $0, to: campaign) } : nil
            return Outcome(
                campaign: campaign, isNew: current == nil, warnings: review.warnings + (unnoticed ?? []))
        }
        await prune(id)
        return outcome
    }

    /// Every fault that a PUT is refused for.
    static func faults(
        of request: CampaignRequest, _ definition: CampaignDefinition, over current: Campaign?,
        issuer: CampaignIssuer?, google: [PassFault]
    ) -> [PassFault] {
        var faults = CampaignReview.faults(
            of: definition, hasOrganizationName: issuer?.hasOrganizationName ?? true, accepting: current?.definition)
        faults += google
        if !AdministrationText.isName(request.name) { faults.append(.name(at: "name")) }
        if issuer == nil { faults.append(.unknownWalletConfiguration(request.walletConfigurationId)) }
        return faults
    }

    /// The campaign that a PUT makes of what is stored.
    static func campaign(
        _ id: CampaignID, _ request: CampaignRequest, _ definition: CampaignDefinition, over current: Campaign?,
        at now: Instant
    ) -> Campaign {
        var campaign =
            current
            ?? Campaign(
                id: id, name: request.name, walletConfiguration: request.walletConfigurationId, version: 0,
                definition: definition, images: [:], activatedAt: nil, endsAt: nil, endedAt: nil, createdAt: now,
                updatedAt: now)
        campaign.name = request.name
        campaign.walletConfiguration = request.walletConfigurationId
        campaign.definition = definition.keepingImport(of: current?.definition)
        campaign.endsAt = request.endsAt
        return campaign
    }

    /// Adds or replaces an image.
    /// - Returns: the image, whether it is new, and what there is to say about it.
    func putImage(
        _ file: ImageFile, _ bytes: [UInt8], of id: CampaignID, at now: Instant
    ) async throws -> (image: CampaignImage, isNew: Bool) {
        let image = try CampaignReview.image(file, bytes)
        let isNew = try await store.database.transaction { transaction in
            let (current, platforms) = try await locked(id, in: transaction)
            var campaign = current
            let isNew = campaign.images.updateValue(image, forKey: file) == nil
            try CampaignReview.checkSize(of: campaign, with: file)
            try await images.insert(image, bytes: bytes, at: now, in: transaction)
            let total = try await activity.passCount(of: id, in: transaction)
            try await save(campaign, over: current, for: platforms, reaching: total, at: now, in: transaction)
            return isNew
        }
        await prune(id)
        return (image, isNew)
    }

    /// Removes an image; one that a platform requires stays once passes exist.
    func deleteImage(_ file: ImageFile, of id: CampaignID, at now: Instant) async throws {
        try await store.database.transaction { transaction in
            let (current, platforms) = try await locked(id, in: transaction)
            var campaign = current
            guard campaign.images.removeValue(forKey: file) != nil else { throw AdministrationError.unknown("image") }
            let required = CampaignReview.requiredImages(of: campaign.definition, platforms: platforms)
            let total = try await activity.passCount(of: id, in: transaction)
            let isLast =
                CampaignReview.hasRequiredImages(current, for: platforms)
                && !CampaignReview.hasRequiredImages(campaign, for: platforms)
            if required.contains(file) || isLast, total > 0 {
                throw AdministrationError.conflict("Passes need \(file). Replace it instead.")
            }
            try await save(campaign, over: current, for: platforms, reaching: total, at: now, in: transaction)
        }
        await prune(id)
    }

    /// Deletes a campaign that has no passes; by force, ends one that has some and begins to void them.
    func delete(_ id: CampaignID, force: Bool, at now: Instant) async throws {
        try await store.database.transaction { transaction in
            var (campaign, _) = try await locked(id, in: transaction)
            let total = try await activity.passCount(of: id, in: transaction)
            if total == 0 { return try await store.delete(id, in: transaction) }
            guard force else {
                throw AdministrationError.conflict(
                    "The campaign has passes. Set `endsAt` to end it and keep them, or add `?force=true` to void them.")
            }
            campaign.endedAt = campaign.endedAt ?? now
            campaign.updatedAt = now
            try await store.update(campaign, in: transaction)
            try await rollouts.start(
                ending: id, total: total, ratePerSecond: rolloutRate, at: now, in: transaction)
        }
    }

    func prune(_ id: CampaignID) async {
        // What is left over does no harm and goes with the next change.
        try? await store.pruneVersions(of: id)
    }

    private func locked(_ id: CampaignID, in transaction: Transaction) async throws -> (Campaign, Set<Platform>) {
        try await store.lock(id, in: transaction)
        guard let campaign = try await store.campaign(id, in: transaction) else {
            throw AdministrationError.unknown("campaign")
        }
        return (campaign, try await store.issuer(campaign.walletConfiguration, in: transaction)?.platforms ?? [])
    }

    /// Once passes exist, what is burnt into installed ones can't change.
    func refuseMove(from current: Campaign?, to next: Campaign, in transaction: Transaction) async throws {
        guard let current else { return }
        var moved: [String] = []
        if current.walletConfiguration != next.walletConfiguration { moved.append("walletConfigurationId") }
        if CampaignReview.style(of: current.definition) != CampaignReview.style(of: next.definition) {
            moved.append("the style")
        }
        if current.definition.google?.kind != next.definition.google?.kind { moved.append("google.kind") }
        guard !moved.isEmpty, try await store.hasPasses(next.id, in: transaction) else { return }
        throw AdministrationError.conflict(
            "The campaign has passes, so \(moved.joined(separator: " and ")) can't change. Make another campaign.")
    }

    /// Stores what is new, and begins to bring it to the passes that are there.
    @discardableResult
    func save(
        _ next: Campaign, over current: Campaign?, for platforms: Set<Platform>, reaching passes: Int, at now: Instant,
        in transaction: Transaction
    ) async throws -> Campaign {
        var campaign = next
        if campaign.activatedAt == nil,
            CampaignReview.hasRequiredImages(campaign, for: platforms)
        {
            campaign.activatedAt = now
        }
        if let current, campaign == current { return current }
        campaign.updatedAt = now
        let hasNewContent = current.map { !$0.makesSamePasses(as: campaign) } ?? true
        if hasNewContent { campaign.version += 1 }
        if current == nil {
            try await store.insert(campaign, in: transaction)
        } else {
            try await store.update(campaign, in: transaction)
        }
        if hasNewContent {
            try await store.insertVersion(of: campaign, in: transaction)
        }
        if hasNewContent, passes > 0 {
            try await rollouts.start(
                bringing: campaign.id, to: campaign.version, total: passes, ratePerSecond: rolloutRate, at: now,
                in: transaction)
        }
        let isNewToGoogle = hasNewContent || current?.activatedAt == nil || current?.name != campaign.name
        if platforms.contains(.google), campaign.activatedAt != nil, isNewToGoogle {
            try await outbox.put(.googleClass(campaign.id), in: transaction)
        }
        return campaign
    }
}
