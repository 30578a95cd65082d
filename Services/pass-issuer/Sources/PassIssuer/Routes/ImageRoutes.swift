import Contracts
import HTTPServer
import HTTPTypes

/// `/images/{sha256}.png`: campaign images by content hash, for Google and the console (public).
struct ImageRoutes: Sendable {
    let images: ImageStore

    func add(to routes: inout Routes) {
        routes.on(.get, PassIssuerPaths.publicImage) { request in
            let sha256: ContentHash = try request.parameter("sha256")
            guard let bytes = try await translated({ try await images.bytes(sha256) }) else {
                throw Problem(.notFound, "There is no such image.")
            }
            return HTTPResponse(
                headers: ["Content-Type": "image/png", "Cache-Control": "public, max-age=31536000, immutable"],
                body: .bytes(bytes))
        }
    }
}
