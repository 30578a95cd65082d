import Contracts
import HTTPServer
import HTTPTypes

/// `/rpc/v1/classes`, `/rpc/v1/validations`, `/rpc/v1/previews`: campaigns (internal).
struct ClassRoutes: Sendable {
    let writing: ClassWriting

    func add(to routes: inout Routes) {
        routes.serve(GoogleBridgeEndpoints.validateContent) { _, body in GoogleContentCheck.check(body) }
        routes.serve(GoogleBridgeEndpoints.preview) { _, body in
            try await translated { try await writing.preview(body) }
        }
        routes.serve(GoogleBridgeEndpoints.putClass) { request, body in
            let id: CampaignID = try request.parameter("campaignId")
            return try await translated { try await writing.put(id, body) }
        }
        routes.serve(GoogleBridgeEndpoints.getClass) { request, _ in
            let id: CampaignID = try request.parameter("campaignId")
            return try await translated { try await writing.answer(id) }
        }
    }
}
