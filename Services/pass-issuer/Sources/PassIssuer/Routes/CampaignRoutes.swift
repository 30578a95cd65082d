import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/campaigns`: what passes show (internal).
struct CampaignRoutes: Sendable {
    let store: CampaignStore
    let editing: CampaignEditing
    let google: GoogleCampaigns
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
        routes.serve(PassIssuerEndpoints.getCampaign) { request, _ in
            let id: CampaignID = try request.identifier("id")
            return try await translated {
                guard let campaign = try await store.campaign(id) else { throw AdministrationError.unknown("campaign") }
                return try await answer(campaign)
            }
        }
        routes.serve(PassIssuerEndpoints.deleteCampaign) { request, _ in
            let id: CampaignID = try request.identifier("id")
            try await translated { try await editing.delete(id) }
            return NoBody()
        }
        routes.serve(PassIssuerEndpoints.listCampaigns) { request, _ in
            let page = try PageRequest(request)
            return try await translated {
                let found = try await store.campaigns(after: page.after, limit: page.limit + 1)
                var answers: [Contracts.Campaign] = []
                for campaign in found.prefix(page.limit) { answers.append(try await answer(campaign)) }
                return page.page(of: answers, more: found.count > page.limit, key: \.id.rawValue)
            }
        }
    }

    /// A campaign as it is answered.
    /// - Parameters:
    ///   - written: what came of its class just now; asked for when nil.
    ///   - warnings: what was found out about it just now.
    private func answer(
        _ campaign: Campaign, written: GoogleClassAnswer? = nil, warnings: [String] = []
    ) async throws -> Contracts.Campaign {
        async let passes = store.passCount(of: campaign.id)
        let standing = try await store.standing(of: campaign.id)
        var answer = Contracts.Campaign(campaign, passes: try await passes, standing: standing, at: clock())
        var atGoogle = written
        if atGoogle == nil { atGoogle = await google.status(of: campaign, issuer: standing?.issuer) }
        answer.googleClass = atGoogle?.googleClass
        for warning in warnings + (atGoogle?.warnings ?? []) where !answer.warnings.contains(warning) {
            answer.warnings.append(warning)
        }
        return answer
    }
}
