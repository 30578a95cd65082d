import Contracts
import HTTPClient
import HTTPTypes

extension PassIssuerClient {
    private static let maximumSignatureBytes = 64 << 10

    /// Hands over what an owner entered, as it came.
    func personalize(
        _ pass: PassReference, body: [UInt8], requestID: String
    ) async throws(Unavailable) -> PersonalizationAnswer {
        let path = PassIssuerPaths.personalization.expand([
            "passTypeIdentifier": pass.passTypeIdentifier.rawValue, "serialNumber": pass.serialNumber.rawValue,
        ])
        guard let path else { return .unknown }
        let headers: HTTPHeaders = [
            "Authorization": "Bearer \(token)", "X-Request-Id": requestID, "Content-Type": "application/json",
        ]
        let request = HTTPClientRequest(
            method: .post, url: baseURL + path, headers: headers, body: body,
            maximumResponseBytes: Self.maximumSignatureBytes, template: PassIssuerPaths.personalization.description,
            tellsTrace: true)
        let response = try await send(request)
        switch response.status {
        case .ok where !response.body.isEmpty: return .signed(response.body)
        case .notFound: return .unknown
        case .conflict, .gone: return .notAsked
        case .unprocessableContent: return .unsuitable
        default: throw Unavailable(description: "pass-issuer answered \(response.status.rawValue)")
        }
    }
}
