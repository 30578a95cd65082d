import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/campaigns`: what passes show (internal).
struct CampaignRoutes: Sendable {
    let store: CampaignStore
    let editing: CampaignEditing
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.putCampaign) { request, body in
            let id: CampaignID = try request.identifier("id")
            return try await translated {
                let outcome = try await editing.put(id, body, at: clock())
                return (try await answer(outcome.campaign), outcome.isNew ? .created : .ok)
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

    private func answer(_ campaign: Campaign) async throws -> Contracts.Campaign {
        async let passes = store.passCount(of: campaign.id)
        async let standing = store.standing(of: campaign.id)
        return Contracts.Campaign(campaign, passes: try await passes, standing: try await standing, at: clock())
    }
}
