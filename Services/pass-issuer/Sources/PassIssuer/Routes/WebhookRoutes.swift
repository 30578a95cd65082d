import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/campaigns/{id}/webhooks`: where a campaign's events go (internal).
struct WebhookRoutes: Sendable {
    let store: WebhookStore
    let deliveries: WebhookDeliveryStore
    let editing: WebhookEditing
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.putWebhook) { request, body in
            let (campaign, name) = try Self.place(request)
            return try await translated {
                let outcome = try await editing.put(name, of: campaign, body, at: clock())
                return (try await answer(outcome), outcome.isNew ? .created : .ok)
            }
        }
        routes.serve(PassIssuerEndpoints.getWebhook) { request, _ in
            try await translated { try await answer(try await webhook(request)) }
        }
        routes.serve(PassIssuerEndpoints.deleteWebhook) { request, _ in
            let (campaign, name) = try Self.place(request)
            try await translated {
                guard try await store.delete(name, of: campaign) else { throw AdministrationError.unknown("webhook") }
            }
            return NoBody()
        }
        routes.serve(PassIssuerEndpoints.listWebhooks) { request, _ in
            let campaign: CampaignID = try request.identifier("id")
            let page = try PageRequest(request)
            return try await translated {
                let found = try await store.webhooks(of: campaign, after: page.after, limit: page.limit + 1)
                let pending = try await deliveries.pending(of: found)
                return page.page(of: found, key: \.name.rawValue) {
                    Contracts.Webhook($0, pending: pending[$0.id] ?? 0, at: clock())
                }
            }
        }
        routes.serve(PassIssuerEndpoints.rotateWebhookSecret) { request, _ in
            let (campaign, name) = try Self.place(request)
            return try await translated {
                try await answer(try await editing.rotateSecret(of: name, of: campaign, at: clock()))
            }
        }
        routes.serve(PassIssuerEndpoints.testWebhook) { request, _ in
            try await translated {
                Contracts.WebhookDelivery(
                    try await editing.test(try await webhook(request), at: clock()), showsBody: true)
            }
        }
        addDeliveries(to: &routes)
    }

    private func addDeliveries(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.listWebhookDeliveries) { try await list($0, $1) }
        routes.serve(PassIssuerEndpoints.getWebhookDelivery) { request, _ in
            try await translated { try await delivery(request, of: try await webhook(request)) }
        }
        routes.serve(PassIssuerEndpoints.replayWebhookDelivery) { request, _ in
            let id: PassEventID = try request.identifier("delivery")
            return try await translated {
                let webhook = try await webhook(request)
                guard try await deliveries.replay(id, of: webhook) else {
                    throw AdministrationError.unknown("delivery")
                }
                return try await delivery(request, of: webhook)
            }
        }
        routes.serve(PassIssuerEndpoints.replayWebhook) { request, body in
            try await translated {
                let webhook = try await webhook(request)
                return WebhookReplayAnswer(
                    replayed: try await deliveries.replayFailed(
                        of: webhook, from: body.from ?? .earliest, to: body.to ?? .latest))
            }
        }
    }

    private func list(_ request: HTTPRequest, _: NoBody) async throws -> Page<Contracts.WebhookDelivery> {
        let page = try PageRequest(request)
        let state = try request.query.first("state").map { text throws(Problem) in
            guard let state = WebhookDeliveryState(rawValue: text) else {
                throw Problem(.badRequest, "`state` is pending, delivered or failed.")
            }
            return state
        }
        let serialNumber = try request.query.first("serialNumber").map { text throws(Problem) in
            guard let serialNumber = SerialNumber(rawValue: text) else {
                throw Problem(.badRequest, "`serialNumber` must be \(SerialNumber.rule).")
            }
            return serialNumber
        }
        guard let before = page.after.isEmpty ? Int.max : Int(page.after) else {
            throw Problem(.badRequest, "`cursor` is the `nextCursor` of an earlier answer, as it was given.")
        }
        return try await translated {
            let found = try await deliveries.deliveries(
                of: try await webhook(request), state: state, serialNumber: serialNumber, before: before,
                limit: page.limit + 1)
            return page.page(of: found, key: { "\($0.position)" }) { Contracts.WebhookDelivery($0, showsBody: false) }
        }
    }

    private static func place(_ request: HTTPRequest) throws(Problem) -> (CampaignID, WebhookName) {
        (try request.identifier("id"), try request.identifier("name"))
    }

    private func webhook(_ request: HTTPRequest) async throws -> StoredWebhook {
        let (campaign, name) = try Self.place(request)
        guard let webhook = try await store.webhook(name, of: campaign) else {
            throw AdministrationError.unknown("webhook")
        }
        return webhook
    }

    private func delivery(
        _ request: HTTPRequest, of webhook: StoredWebhook
    ) async throws -> Contracts.WebhookDelivery {
        let id: PassEventID = try request.identifier("delivery")
        guard let delivery = try await deliveries.delivery(id, of: webhook) else {
            throw AdministrationError.unknown("delivery")
        }
        return Contracts.WebhookDelivery(delivery, showsBody: true)
    }

    private func answer(_ outcome: WebhookEditing.Outcome) async throws -> Contracts.Webhook {
        var answer = try await answer(outcome.webhook)
        answer.secret = outcome.secret.map { Confidential($0.text) }
        return answer
    }

    private func answer(_ webhook: StoredWebhook) async throws -> Contracts.Webhook {
        let pending = try await deliveries.pending(of: [webhook])
        return Contracts.Webhook(webhook, pending: pending[webhook.id] ?? 0, at: clock())
    }
}
