import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/passes`: the passes that were made (internal).
struct PassRoutes: Sendable {
    let store: PassStore
    let campaigns: CampaignStore
    let change: PassChange
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.getPass) { request, _ in
            let serialNumber: SerialNumber = try request.identifier("serialNumber")
            return try await translated {
                guard let pass = try await store.pass(serialNumber) else { throw IssuingError.unknownPass }
                return Contracts.Pass(pass)
            }
        }
        routes.serve(PassIssuerEndpoints.patchPass) { request, patch in
            let serialNumber: SerialNumber = try request.identifier("serialNumber")
            return try await translated {
                Contracts.Pass(try await change.patch(serialNumber, with: patch, at: clock()))
            }
        }
        routes.serve(PassIssuerEndpoints.listPasses) { request, _ in
            let id: CampaignID = try request.identifier("id")
            let page = try PageRequest(request)
            return try await translated {
                guard try await campaigns.standing(of: id) != nil else { throw AdministrationError.unknown("campaign") }
                let found = try await store.passes(of: id, after: page.after, limit: page.limit + 1)
                return page.page(of: found, key: \.serialNumber.rawValue, Contracts.Pass.init)
            }
        }
    }
}
