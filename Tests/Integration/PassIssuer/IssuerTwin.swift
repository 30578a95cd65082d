import HTTPServer
import HTTPTypes
import Testing

@testable import PassIssuer

/// Another replica behind listeners of its own, with caches of its own, on the same database.
final class IssuerTwin: Sendable {
    private let issuer: IssuerUnderTest
    private let publicServer: HTTPServer
    private let internalServer: HTTPServer

    init(of issuer: IssuerUnderTest) throws {
        self.issuer = issuer
        let service = try issuer.makeService(on: issuer.pool)
        publicServer = HTTPServer(
            configuration: HTTPServerConfiguration(name: "public", address: "127.0.0.1", htmlProblems: true),
            routes: try #require(service.publicRoutes()))
        internalServer = HTTPServer(
            configuration: HTTPServerConfiguration(name: "internal", address: "127.0.0.1"),
            routes: service.internalRoutes())
        try publicServer.start()
        try internalServer.start()
    }

    /// Opens a link here.
    func open(_ link: String) async throws -> IssuerUnderTest.Answer {
        let base = issuer.environment["LINK_BASE_URL"] ?? ""
        return try await issuer.send(.get, "http://127.0.0.1:\(publicServer.port)\(link.dropFirst(base.count))")
    }

    /// Asks for the package of a pass here as the device registry does.
    func package(_ serialNumber: String) async throws -> IssuerUnderTest.Answer {
        try await issuer.send(
            .get, "http://127.0.0.1:\(internalServer.port)/rpc/v1/passes/pass.example.demo/\(serialNumber)",
            token: IssuerUnderTest.registryToken)
    }

    func stop() async {
        for server in [publicServer, internalServer] { await server.stop(deadline: .seconds(5)) }
    }
}
