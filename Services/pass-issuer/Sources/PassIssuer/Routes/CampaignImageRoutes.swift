import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/campaigns/{id}/images`: the pictures of a campaign (internal).
struct CampaignImageRoutes: Sendable {
    let store: CampaignStore
    let images: ImageStore
    let editing: CampaignEditing
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.listImages) { try await list($0, $1) }
        for path in [PassIssuerPaths.image, PassIssuerPaths.localizedImage] {
            routes.on(.put, path, scopes: [.admin], body: .collected(limit: 1 << 20)) { try await put($0) }
            routes.on(.get, path, scopes: [.admin]) { try await get($0) }
            routes.on(.delete, path, scopes: [.admin]) { try await delete($0) }
        }
    }

    private func put(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (id, file): (CampaignID, ImageFile) = (try request.identifier("id"), try Self.file(request))
        return try await translated {
            let (image, isNew) = try await editing.putImage(file, request.body, of: id, at: clock())
            return try .json(ImageItem(file, image), status: isNew ? .created : .ok)
        }
    }

    private func get(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (id, file): (CampaignID, ImageFile) = (try request.identifier("id"), try Self.file(request))
        return try await translated {
            guard let image = try await store.campaign(id)?.images[file],
                let bytes = try await images.bytes(image.sha256)
            else { throw AdministrationError.unknown("image") }
            return HTTPResponse(headers: ["Content-Type": "image/png"], body: .bytes(bytes))
        }
    }

    private func delete(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (id, file): (CampaignID, ImageFile) = (try request.identifier("id"), try Self.file(request))
        try await translated { try await editing.deleteImage(file, of: id, at: clock()) }
        return HTTPResponse(.noContent)
    }

    private func list(_ request: HTTPRequest, _: NoBody) async throws -> Page<ImageItem> {
        let id: CampaignID = try request.identifier("id")
        let page = try PageRequest(request)
        return try await translated {
            guard let campaign = try await store.campaign(id) else { throw AdministrationError.unknown("campaign") }
            let found = campaign.images.filter { $0.key.rawValue > page.after }.sorted { $0.key < $1.key }
            return page.page(of: Array(found.prefix(page.limit + 1)), key: \.key.rawValue) {
                ImageItem($0.key, $0.value)
            }
        }
    }

    /// `icon.png`, or `de.lproj/icon.png` with the slash in the path or encoded.
    private static func file(_ request: HTTPRequest) throws(Problem) -> ImageFile {
        let file = request.parameters["file"] ?? ""
        let path = request.parameters["language"].map { "\($0).lproj/\(file)" } ?? file
        guard let file = ImageFile(rawValue: path) else { throw .unfit(path, expected: ImageFile.rule) }
        return file
    }
}

extension ImageItem {
    fileprivate init(_ file: ImageFile, _ image: CampaignImage) {
        self.init(file: file, sha256: image.sha256, width: image.width, height: image.height, bytes: image.byteCount)
    }
}
