import Contracts
import HTTPClient
import HTTPTypes
import ServiceKit

/// Asks pass-issuer for packages and signatures.
struct PassIssuerClient: Sendable {
    /// The issuer could not be asked, or answered as it never should.
    struct Unavailable: Error, CustomStringConvertible {
        let description: String
    }

    private static let relayedHeaders = ["Content-Type", "Last-Modified"]
    private static let maximumPackageBytes = 32 << 20
    /// Phones wait for a check, and then for what is asked singly should it fail.
    private static let checkDeadline = Duration.seconds(1)

    let client: HTTPClient
    let baseURL: String
    let token: String
    private let freshness: FreshnessChecks

    /// Makes a client of the issuer's internal base URL, which has no slash at its end.
    init(client: HTTPClient, baseURL: String, token: String, logger: Logger) {
        (self.client, self.baseURL, self.token) = (client, baseURL, token)
        let caller = RPCClient(client: client, baseURL: baseURL, token: token, deadline: Self.checkDeadline)
        freshness = FreshnessChecks(logger: logger) { packages in
            try await caller.call(PassIssuerEndpoints.freshness, body: FreshnessRequest(packages: packages))
                .lastModified
        }
    }

    /// The newest package of a pass, unless the phone has it by its own word.
    ///
    /// - Parameter date: the phone's If-Modified-Since, passed on as it came.
    func package(
        of pass: PassReference, ifModifiedSince date: String?, requestID: String
    ) async throws(Unavailable) -> PassAnswer {
        guard let date, let instant = Instant(httpDate: date) else {
            return try await fetch(pass, ifModifiedSince: date, requestID: requestID)
        }
        let known = KnownPackage(
            passTypeIdentifier: pass.passTypeIdentifier, serialNumber: pass.serialNumber, ifModifiedSince: instant)
        return try await freshness.answer(about: known) { () throws(Unavailable) in
            try await fetch(pass, ifModifiedSince: date, requestID: requestID)
        }
    }

    private func fetch(
        _ pass: PassReference, ifModifiedSince date: String?, requestID: String
    ) async throws(Unavailable) -> PassAnswer {
        let path = PassIssuerPaths.package.expand([
            "passTypeIdentifier": pass.passTypeIdentifier.rawValue, "serialNumber": pass.serialNumber.rawValue,
        ])
        guard let path else { return .unknown }
        var headers: HTTPHeaders = ["Authorization": "Bearer \(token)", "X-Request-Id": requestID]
        headers["If-Modified-Since"] = date
        let request = HTTPClientRequest(
            method: .get, url: baseURL + path, headers: headers, maximumResponseBytes: Self.maximumPackageBytes,
            template: PassIssuerPaths.package.description, tellsTrace: true)
        let response = try await send(request)
        var relayed = HTTPHeaders()
        for name in Self.relayedHeaders { relayed[name] = response.headers[name] }
        switch response.status {
        case .ok: return .package(response.body, relayed)
        case .notModified: return .notModified(relayed)
        case .notFound: return .unknown
        default: throw Unavailable(description: "pass-issuer answered \(response.status.rawValue)")
        }
    }

    /// Sends a request; any answer will do.
    func send(_ request: HTTPClientRequest) async throws(Unavailable) -> HTTPClientResponse {
        do {
            return try await client.send(request)
        } catch {
            throw Unavailable(description: "pass-issuer did not answer: \(error)")
        }
    }
}
