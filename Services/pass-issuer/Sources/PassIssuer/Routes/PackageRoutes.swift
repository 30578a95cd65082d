import Contracts
import HTTPServer
import HTTPTypes

/// `/rpc/v1/passes/{passTypeIdentifier}/{serialNumber}`: the latest package, and `/rpc/v1/passes/freshness`: whether phones
/// have it, for the device registry (internal).
struct PackageRoutes: Sendable {
    let fetching: PackageFetch
    let passes: PassStore
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.on(
            .get, PassIssuerPaths.package, scopes: [.deviceRegistry]
        ) { request in
            let serialNumber: SerialNumber = try request.parameter("serialNumber")
            let passType: PassTypeIdentifier = try request.parameter("passTypeIdentifier")
            let knownSince = request.headers["If-Modified-Since"].flatMap { Instant(httpDate: $0) }
            let answer = try await translated {
                try await fetching.fetch(serialNumber, passType: passType, knownSince: knownSince, at: clock())
            }
            switch answer {
            case .package(let signed):
                var response = HTTPResponse(headers: Self.headers(of: signed.pass), body: .shared(signed.package.whole))
                response.headers["Content-Type"] = "application/vnd.apple.pkpass"
                return response
            case .notModified(let pass):
                return HTTPResponse(.notModified, headers: Self.headers(of: pass))
            }
        }
        routes.serve(PassIssuerEndpoints.freshness) { _, body in
            guard body.packages.count <= FreshnessRequest.maximumCount else {
                throw Problem.fault(
                    "One call asks about \(FreshnessRequest.maximumCount) packages at most.",
                    at: .root.appending("packages"))
            }
            return try await translated {
                FreshnessAnswer(lastModified: try await passes.newestPackages(among: body.packages))
            }
        }
    }

    private static func headers(of pass: Pass) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers["Last-Modified"] = Instant(seconds: pass.lastModified).httpDate
        headers["Cache-Control"] = "no-store, private"
        return headers
    }
}
