import Contracts
import HTTPServer
import HTTPTypes
import JSON

/// `/admin/v1/campaigns/{id}/preview`: what a pass would be (internal).
struct PreviewRoutes: Sendable {
    let preview: PassPreview
    let clock: @Sendable () -> Instant

    private static let package = "application/vnd.apple.pkpass"

    func add(to routes: inout Routes) {
        routes.on(
            .post, PassIssuerPaths.preview, scopes: [.admin], body: .collected(limit: 5 << 20)
        ) { request in
            let id: CampaignID = try request.identifier("id")
            let wanted = try request.decode(PreviewRequest.self, unknownKeys: .refused)
            let wantsPackage = request.headers["Accept"]?.lowercased().contains(Self.package) ?? false
            return try await translated {
                switch wanted.platform {
                case .google: return try .json(try await preview.google(of: id, wanted, at: clock()))
                case .apple where wantsPackage:
                    let package = try await preview.package(of: id, wanted, at: clock())
                    return HTTPResponse(
                        headers: ["Content-Type": Self.package, "Cache-Control": "no-store, private"],
                        body: .shared(package.whole))
                case .apple: return try .json(JSONValue.object(try await preview.passJSON(of: id, wanted, at: clock())))
                }
            }
        }
    }
}
