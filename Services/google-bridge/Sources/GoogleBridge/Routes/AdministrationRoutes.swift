import Contracts
import HTTPServer
import HTTPTypes
import JSON

/// `/admin/v1/classes`, `/admin/v1/operations`: what a campaign's administrator sees and does (internal).
struct AdministrationRoutes: Sendable {
    let administration: ClassAdministration
    let objects: ObjectStore
    let operations: OperationStore

    func add(to routes: inout Routes) {
        addClasses(to: &routes)
        addOverride(to: &routes)
        addOperations(to: &routes)
    }

    private func addClasses(to routes: inout Routes) {
        routes.serve(GoogleBridgeEndpoints.listClasses) { request, _ in
            let page = try PageRequest(request)
            return try await translated {
                let found = try await administration.classes.campaigns(after: page.after, limit: page.limit + 1)
                return page.page(of: found, try await administration.items(found), key: \.campaign.rawValue)
            }
        }
        routes.serve(GoogleBridgeEndpoints.getAdministeredClass) { request, _ in
            let id: CampaignID = try request.parameter("campaignId")
            return try await translated { try await administration.item(id) }
        }
        routes.serve(GoogleBridgeEndpoints.syncClass) { request, _ in
            let id: CampaignID = try request.parameter("campaignId")
            return try await translated { try await administration.sync(id) }
        }
        routes.serve(GoogleBridgeEndpoints.classDrift) { request, _ in
            let id: CampaignID = try request.parameter("campaignId")
            return try await translated { try await administration.drift(id) }
        }
        routes.serve(GoogleBridgeEndpoints.addMessage) { request, body in
            let id: CampaignID = try request.parameter("campaignId")
            return try await translated { try await administration.add(body, to: id) }
        }
        routes.serve(GoogleBridgeEndpoints.listObjects) { request, _ in
            let id: CampaignID = try request.parameter("campaignId")
            let page = try PageRequest(request)
            return try await translated {
                let found = try await objects.objects(of: id, after: page.after, limit: page.limit + 1)
                return page.page(of: found, found, key: \.serialNumber.rawValue)
            }
        }
    }

    private func addOverride(to routes: inout Routes) {
        routes.serve(GoogleBridgeEndpoints.putClassOverride) { request, body in
            let id: CampaignID = try request.parameter("campaignId")
            return try await translated {
                try await administration.set(override: try Self.override(in: body), of: id)
                return try await administration.item(id)
            }
        }
        routes.serve(GoogleBridgeEndpoints.deleteClassOverride) { request, _ in
            let id: CampaignID = try request.parameter("campaignId")
            try await translated { try await administration.set(override: nil, of: id) }
            return NoBody()
        }
    }

    /// What GET answers.
    private static let answerKeys: Set<String> = [
        "campaignId", "walletConfigurationId", "classId", "kind", "version", "state", "variants", "error", "warnings",
        "override",
    ]

    /// The patch itself, or what GET answers with the patch in it: no class of Google's has a member `override`.
    private static func override(in body: JSONObject) throws -> JSONObject? {
        guard let override = body["override"] else { return body.isEmpty ? nil : body }
        let faults = body.keys.filter { !answerKeys.contains($0) }.map {
            ProblemError(
                pointer: "\(JSONPointer.root.appending($0))", detail: "Beside `override` stands what GET answers.")
        }
        guard faults.isEmpty else { throw BridgeError.faulty(faults) }
        switch override {
        case .null: return nil
        case .object(let patch): return patch.isEmpty ? nil : patch
        case .bool, .number, .string, .array:
            throw BridgeError.faulty([ProblemError(pointer: "/override", detail: "expected an object or null")])
        }
    }

    private func addOperations(to routes: inout Routes) {
        routes.serve(GoogleBridgeEndpoints.listOperations) { request, _ in
            let page = try PageRequest(request)
            let state = try request.query.first("state").map { text throws(Problem) in
                guard let state = GoogleOperationState(rawValue: text) else {
                    throw Problem(.badRequest, "`state` is pending, failed or done.")
                }
                return state
            }
            guard let after = page.after.isEmpty ? 0 : Int(page.after) else { throw PageRequest.foreignCursor }
            return try await translated {
                let found = try await operations.operations(in: state, after: after, limit: page.limit + 1)
                return page.page(of: found, found, key: \.id)
            }
        }
        routes.serve(GoogleBridgeEndpoints.retryOperation) { request, _ in
            let text: String = request.parameters["id"] ?? ""
            return try await translated {
                guard let id = Int(text), let operation = try await operations.retry(id) else {
                    throw BridgeError.unknownOperation
                }
                guard operation.state != .done else { throw BridgeError.doneOperation }
                return operation
            }
        }
    }
}
