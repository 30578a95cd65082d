import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON
import Postgres

/// Takes campaigns as pass-issuer tells them, and brings their classes to Google.
struct ClassWriting: Sendable {
    let classes: ClassStore
    let issuers: IssuerKeeper
    let mapping: ResourceMapping
    let queue: OperationQueue

    /// How long a campaign's administrator waits for Google.
    static let patience = Duration.milliseconds(4_700)

    /// Stores a campaign, writes its class while the caller waits, and says how far that came.
    func put(_ id: CampaignID, _ request: GoogleClassRequest) async throws -> GoogleClassAnswer {
        let deadline = ContinuousClock.now + Self.patience
        let issuer = try await issuers.credentials(of: request.walletConfigurationId)
        let campaign = try await classes.database.transaction { transaction in
            let current = try await ClassStore.lock(id, in: transaction)
            if let current, request.version < current.version { return current }
            let campaign = try self.campaign(id, request, current, issuer)
            var notice = GoogleNotification()
            if current != nil, let old = try await ClassStore.request(of: id, in: transaction) {
                notice = mapping.notification(from: .object(old), to: request, in: campaign.class, for: issuer)
            }
            try await ClassStore.save(
                campaign.class, request: try JSON.encodeToValue(request), in: transaction)
            try await ClassStore.forgetOtherKinds(than: campaign.class, in: transaction)
            if !campaign.class.hasVariants {
                try await Self.want(
                    [Wanted(campaign.class, campaign.resource)], of: campaign.class, as: .campaign, notice: notice,
                    in: transaction)
            }
            return campaign.class
        }
        if !campaign.hasVariants {
            await queue.hurry([.classOf(campaign.classID)], as: .campaign, until: deadline)
        }
        return try await answer(campaign)
    }

    /// How far a campaign's class is.
    func answer(_ id: CampaignID) async throws -> GoogleClassAnswer {
        guard let campaign = try await classes.campaign(id) else {
            return GoogleClassAnswer(googleClass: GoogleClassStatus(state: .none))
        }
        return try await answer(campaign)
    }

    private func answer(_ campaign: CampaignClass) async throws -> GoogleClassAnswer {
        let standing = try await classes.standings(of: [campaign])[campaign.campaign]
        let status = (standing ?? ClassStanding(pending: 0, failed: 0, ready: 0, error: nil)).status(of: campaign)
        return GoogleClassAnswer(googleClass: status, warnings: campaign.warnings)
    }

    private func campaign(
        _ id: CampaignID, _ request: GoogleClassRequest, _ current: CampaignClass?, _ issuer: IssuerCredentials
    ) throws -> (class: CampaignClass, resource: JSONObject) {
        func map(_ generation: Int) -> GoogleMappedClass {
            mapping.mappedClass(of: request, id, for: issuer, generation: generation, override: current?.override)
        }
        var generation = current?.generation ?? 1
        var mapped = map(generation)
        if let current, current.generation(of: mapped.kind, for: issuer.issuerID) != generation {
            generation += 1
            mapped = map(generation)
        }
        guard mapped.faults.isEmpty else { throw BridgeError.faulty(mapped.faults.map(\.problemError)) }
        let campaign = CampaignClass(
            campaign: id, walletConfiguration: request.walletConfigurationId, issuerID: issuer.issuerID,
            kind: mapped.kind, classID: mapped.id.description, hasVariants: mapped.hasVariants, generation: generation,
            version: request.version, name: request.name, tokenPointers: request.tokenPointers,
            override: current?.override, warnings: mapped.warnings)
        return (campaign, mapped.resource)
    }
}
