import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/campaigns`: what passes show (internal).
struct CampaignRoutes: Sendable {
    let store: CampaignStore
    let editing: CampaignEditing
    let google: GoogleCampaigns
    let activity: ActivityStore
    let rollouts: RolloutAdministration
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.putCampaign) { request, body in
            let id: CampaignID = try request.identifier("id")
            return try await translated {
                let outcome = try await editing.put(id, body, at: clock())
                let written = try await google.publish(outcome.campaign, on: request)
                let answer = try await answer(outcome.campaign, written: written, warnings: outcome.warnings)
                return (answer, outcome.isNew ? .created : .ok)
            }
        }
        routes.on(
            .post, PassIssuerPaths.importPackage, scopes: [.admin], body: .collected(limit: PackageImport.maximumBytes)
        ) { try await adopt($0) }
        routes.serve(PassIssuerEndpoints.validateCampaign) { request, body in
            let id: CampaignID = try request.identifier("id")
            return try await translated { try await editing.validate(id, body, at: clock()) }
        }
        routes.serve(PassIssuerEndpoints.getCampaign) { request, _ in
            let id: CampaignID = try request.identifier("id")
            return try await translated {
                guard let campaign = try await store.campaign(id) else { throw AdministrationError.unknown("campaign") }
                return try await answer(campaign)
            }
        }
        routes.serve(PassIssuerEndpoints.deleteCampaign) { request, _ in
            let id: CampaignID = try request.identifier("id")
            let force = request.query.first("force") == "true"
            try await translated { try await editing.delete(id, force: force, at: clock()) }
            return NoBody()
        }
        routes.serve(PassIssuerEndpoints.listCampaigns) { request, _ in
            let page = try PageRequest(request)
            return try await translated {
                let found = try await store.campaigns(after: page.after, limit: page.limit + 1)
                let answers = try await answers(Array(found.prefix(page.limit)))
                return page.page(of: answers, more: found.count > page.limit, key: \.id.rawValue)
            }
        }
    }

    /// Campaigns in their order; several at once, so that their statements travel together.
    private func answers(_ campaigns: [Campaign]) async throws -> [Contracts.Campaign] {
        try await withThrowingTaskGroup(of: (Int, Contracts.Campaign).self) { group in
            var waiting = campaigns.enumerated().makeIterator()
            var answers = [Contracts.Campaign?](repeating: nil, count: campaigns.count)
            for _ in 0..<16 {
                guard let (index, campaign) = waiting.next() else { break }
                group.addTask { (index, try await answer(campaign)) }
            }
            while let (index, made) = try await group.next() {
                answers[index] = made
                guard let (index, campaign) = waiting.next() else { continue }
                group.addTask { (index, try await answer(campaign)) }
            }
            return answers.compactMap(\.self)
        }
    }

    /// Makes a campaign of a package that somebody else issued.
    private func adopt(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id: CampaignID = try request.identifier("id")
        let wallet = try request.query.first("walletConfigurationId").map { text throws(Problem) in
            guard let id = WalletConfigurationID(rawValue: text) else {
                throw Problem(.unprocessableContent, "`walletConfigurationId` must be \(WalletConfigurationID.rule).")
            }
            return id
        }
        return try await translated {
            let package = try PackageImport.read(request.body)
            let outcome = try await editing.adopt(package, as: id, under: wallet, at: clock())
            // A package that phones took is taken, whatever Google says to it.
            let review = try await google.review(outcome.campaign)
            let written = try await google.publish(outcome.campaign, on: request)
            let warnings = outcome.warnings + review.warnings + review.faults.map(GoogleCampaigns.Review.warning)
            var campaign = try await answer(outcome.campaign, written: written, warnings: warnings)
            campaign.warnings = package.notes + campaign.warnings
            return try .json(campaign, status: outcome.isNew ? .created : .ok)
        }
    }

    /// A campaign as it is answered.
    /// - Parameters:
    ///   - written: what came of its class just now; asked for when nil.
    ///   - warnings: what was found out about it just now.
    private func answer(
        _ campaign: Campaign, written: GoogleClassAnswer? = nil, warnings: [String] = []
    ) async throws -> Contracts.Campaign {
        let now = clock()
        async let passes = activity.passCount(of: campaign.id)
        async let rollout = rollouts.newest(of: campaign.id)
        async let starts = rollouts.store.lastStarts(of: campaign.id)
        let standing = try await store.standing(of: campaign.id)
        var answer = Contracts.Campaign(campaign, passes: try await passes, standing: standing, at: now)
        answer.rollout = try await rollout.map { Contracts.Rollout($0, at: now) }
        var atGoogle = written
        if atGoogle == nil { atGoogle = await google.status(of: campaign, issuer: standing?.issuer) }
        answer.googleClass = atGoogle?.googleClass
        let frequency = [UpdateFrequency.warning(of: try await starts, at: now)].compactMap(\.self)
        for warning in warnings + (atGoogle?.warnings ?? []) + frequency where !answer.warnings.contains(warning) {
            answer.warnings.append(warning)
        }
        return answer
    }
}
