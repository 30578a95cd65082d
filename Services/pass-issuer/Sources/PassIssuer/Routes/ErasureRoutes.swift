import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/erasures`: contacts whose data are erased (internal).
struct ErasureRoutes: Sendable {
    let store: ErasureStore
    let administration: ErasureAdministration
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.erase) { request, body in
            try await translated {
                Contracts.Erasure(
                    try await administration.begin(body, requestID: request.requestID, at: clock()))
            }
        }
        routes.serve(PassIssuerEndpoints.getErasure) { request, _ in
            let id: ErasureID = try request.identifier("id")
            return try await translated {
                guard let erasure = try await store.erasure(id) else { throw AdministrationError.unknown("erasure") }
                return Contracts.Erasure(erasure)
            }
        }
        routes.serve(PassIssuerEndpoints.listErasures) { request, _ in
            let page = try PageRequest(request)
            let before = try page.numberBefore()
            return try await translated {
                let found = try await store.erasures(before: before, limit: page.limit + 1)
                return page.page(of: found, key: { "\($0.number)" }) { Contracts.Erasure($0) }
            }
        }
    }
}

extension Contracts.Erasure {
    fileprivate init(_ erasure: StoredErasure) {
        let left = erasure.remaining
        self.init(
            id: erasure.id, state: erasure.isDone ? .done : .running, contactHash: erasure.contactHash,
            campaignId: erasure.campaign, erasedAt: erasure.erasedAt, finishedAt: erasure.finishedAt,
            requestId: erasure.requestID, passes: erasure.passes,
            services: [
                ErasureProgress(service: PassIssuerService.name, remaining: left.issuer),
                ErasureProgress(service: OutboxDestination.deviceRegistry.rawValue, remaining: left.registry),
                ErasureProgress(service: OutboxDestination.pushSender.rawValue, remaining: left.pushSender),
                ErasureProgress(service: OutboxDestination.googleBridge.rawValue, remaining: left.bridge),
            ])
    }
}
