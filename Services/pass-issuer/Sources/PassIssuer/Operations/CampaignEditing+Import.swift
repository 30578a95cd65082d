import Contracts
import HTTPTypes
import Postgres

extension CampaignEditing {
    /// Makes a campaign of a package, or gives its content to one that is there; what a package does not speak of (name,
    /// Google's part, tokens, end) stays.
    ///
    /// Whatever phones took before is taken: faults of the package's content are told as warnings, and stay accepted.
    func adopt(
        _ package: ImportedPackage, as id: CampaignID, under wallet: WalletConfigurationID?, at now: Instant
    ) async throws -> Outcome {
        let pictures = try package.images?.map { file, bytes in
            (file: file, image: try CampaignReview.imported(bytes), bytes: bytes)
        }
        let outcome = try await store.database.transaction { transaction in
            try await store.lock(id, in: transaction)
            let current = try await store.campaign(id, in: transaction)
            guard let wallet = wallet ?? current?.walletConfiguration else {
                throw AdministrationError.faulty([.missingWalletConfiguration])
            }
            guard let issuer = try await store.issuer(wallet, in: transaction) else {
                throw AdministrationError.faulty([.unknownWalletConfiguration(wallet)])
            }
            var campaign =
                current
                ?? Campaign(
                    id: id, name: package.name ?? id.rawValue, walletConfiguration: wallet, version: 0,
                    definition: CampaignDefinition(pass: package.pass), images: [:], activatedAt: nil, endsAt: nil,
                    endedAt: nil, createdAt: now, updatedAt: now)
            campaign.walletConfiguration = wallet
            campaign.definition.adopt(package)
            if let pictures {
                campaign.images = Dictionary(pictures.map { ($0.file, $0.image) }) { first, _ in first }
                for picture in pictures {
                    try await images.insert(picture.image, bytes: picture.bytes, at: now, in: transaction)
                }
            }
            try await refuseMove(from: current, to: campaign, in: transaction)
            try await refuseLoss(from: current, to: campaign, for: issuer.platforms, in: transaction)
            let total = try await activity.passCount(of: id, in: transaction)
            campaign = try await save(
                campaign, over: current, for: issuer.platforms, reaching: total, at: now, in: transaction)
            let unnoticed = total > 0 ? current.map { FieldNotices.warnings(from: $0, to: campaign) } : nil
            return Outcome(campaign: campaign, isNew: current == nil, warnings: unnoticed ?? [])
        }
        await prune(id)
        return outcome
    }

    /// An image that a platform requires stays once passes exist.
    private func refuseLoss(
        from current: Campaign?, to next: Campaign, for platforms: Set<Platform>, in transaction: Transaction
    ) async throws {
        guard let current, CampaignReview.hasRequiredImages(current, for: platforms),
            !CampaignReview.hasRequiredImages(next, for: platforms),
            try await store.hasPasses(next.id, in: transaction)
        else { return }
        throw AdministrationError.conflict(
            "Passes need images that the package does not have, such as icon.png. Add them to it, or import into a new "
                + "campaign.")
    }
}
