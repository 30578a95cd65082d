import HTTPServer
import HTTPTypes

/// `POST /callbacks/google`: what Google reports (public).
struct CallbackRoutes: Sendable {
    let receiving: CallbackReceiving
    let rate: RateLimit?

    /// Where Google calls back, below the public base URL.
    static let path = "/callbacks/google"
    private static let bodyLimit = 64 << 10

    func add(to routes: inout Routes) {
        routes.on(.post, "/callbacks/google", body: .collected(limit: Self.bodyLimit), rate: rate) { request in
            try await translated { try await receiving.receive(request.body) }
            return HTTPResponse(.ok)
        }
    }
}
