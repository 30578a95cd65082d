import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/passes`: the passes that were made (internal).
struct PassRoutes: Sendable {
    let store: PassStore
    let campaigns: CampaignStore
    let change: PassChange
    let registry: DeviceRegistryClient
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.getPass) { request, _ in
            let serialNumber: SerialNumber = try request.identifier("serialNumber")
            return try await translated {
                guard let pass = try await store.pass(serialNumber) else { throw IssuingError.unknownPass }
                return try await answer(pass, request)
            }
        }
        routes.serve(PassIssuerEndpoints.findPasses) { request, _ in
            guard let contact = request.query.first("contactId"), (1...256).contains(contact.utf8.count),
                !contact.contains("\0")
            else { throw Problem(.badRequest, "`contactId` is the `contact.id` to look for, of at most 256 bytes.") }
            let page = try PageRequest(request)
            return try await translated {
                let found = try await store.passes(ofContact: contact, after: page.after, limit: page.limit + 1)
                return page.page(of: found, key: \.serialNumber.rawValue) { Contracts.Pass($0, installations: nil) }
            }
        }
        routes.serve(PassIssuerEndpoints.patchPass) { request, patch in
            let serialNumber: SerialNumber = try request.identifier("serialNumber")
            return try await translated {
                let outcome = try await change.patch(serialNumber, with: patch, at: clock())
                var answer = try await answer(outcome.pass, request)
                if !outcome.warnings.isEmpty { answer.warnings = outcome.warnings }
                return answer
            }
        }
        routes.serve(PassIssuerEndpoints.listPasses) { request, _ in
            let id: CampaignID = try request.identifier("id")
            let page = try PageRequest(request)
            return try await translated {
                guard let standing = try await campaigns.standing(of: id) else {
                    throw AdministrationError.unknown("campaign")
                }
                let found = try await store.passes(of: id, after: page.after, limit: page.limit + 1)
                let answers = await answers(Array(found.prefix(page.limit)), standing, request)
                return page.page(of: answers, more: found.count > page.limit, key: \.serialNumber.rawValue)
            }
        }
    }

    private func answer(_ pass: Pass, _ request: HTTPRequest) async throws -> Contracts.Pass {
        guard let standing = try await campaigns.standing(of: pass.campaign) else { throw IssuingError.unknownPass }
        return await answers([pass], standing, request).first ?? Contracts.Pass(pass, installations: nil)
    }

    /// Passes with the number of devices that each is on; a campaign without Apple's certificate has none there.
    private func answers(
        _ passes: [Pass], _ standing: CampaignStanding, _ request: HTTPRequest
    ) async -> [Contracts.Pass] {
        guard let passType = standing.issuer.passTypeIdentifier else {
            return passes.map { Contracts.Pass($0, installations: 0) }
        }
        let counts = await registry.installations(of: passes.map(\.serialNumber), passType: passType, on: request)
        return passes.enumerated().map { Contracts.Pass($1, installations: counts?[$0]) }
    }
}
