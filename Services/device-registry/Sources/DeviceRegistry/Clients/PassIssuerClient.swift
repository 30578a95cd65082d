import HTTPClient
import HTTPTypes

/// Asks pass-issuer for packages and signatures.
struct PassIssuerClient: Sendable {
    /// The issuer could not be asked, or answered as it never should.
    struct Unavailable: Error, CustomStringConvertible {
        let description: String
    }

    private static let passes: PathTemplate = "/rpc/v1/passes/{passTypeIdentifier}/{serialNumber}"
    private static let relayedHeaders = ["Content-Type", "Last-Modified"]
    private static let maximumPackageBytes = 32 << 20

    let client: HTTPClient
    /// The issuer's internal base URL, without a slash at its end.
    let baseURL: String
    let token: String

    /// The newest package of a pass, unless the phone has it by its own word.
    ///
    /// - Parameter date: the phone's If-Modified-Since, passed on as it came.
    func package(
        of pass: PassReference, ifModifiedSince date: String?, requestID: String
    ) async throws(Unavailable) -> PassAnswer {
        let path = Self.passes.expand([
            "passTypeIdentifier": pass.passTypeIdentifier.rawValue, "serialNumber": pass.serialNumber.rawValue,
        ])
        guard let path else { return .unknown }
        var headers: HTTPHeaders = ["Authorization": "Bearer \(token)", "X-Request-Id": requestID]
        headers["If-Modified-Since"] = date
        let request = HTTPClientRequest(
            method: .get, url: baseURL + path, headers: headers, maximumResponseBytes: Self.maximumPackageBytes,
            template: Self.passes.description, tellsTrace: true)
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
