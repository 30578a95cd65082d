import HTTPClient
import HTTPTypes
import JSON

/// Google Wallet's API: sends one call under one token. When it may be sent is ``PacedWallet``'s matter.
struct WalletClient: Sendable {
    private let client: HTTPClient
    private let baseURL: String

    /// How long Google gets, by its own advice.
    static let deadline = Duration.seconds(10)

    /// - Parameter root: what stands before `/walletobjects/v1`.
    init(client: HTTPClient, root: String) {
        self.client = client
        baseURL = root + "/walletobjects/v1"
    }

    /// Sends a call and returns the answer's JSON; throws ``GoogleFailure`` for all that is no success.
    func send(_ call: WalletCall, token: AccessToken, deadline: Duration = Self.deadline) async throws -> JSONObject {
        let items = QueryItems(call.query)
        var request = HTTPClientRequest(
            method: call.method, url: baseURL + call.path + (items.isEmpty ? "" : "?\(items.encoded)"),
            headers: ["Accept": "application/json", "Authorization": "Bearer \(token.text.value)"],
            deadline: min(deadline, Self.deadline), acceptsGzip: true, template: "/walletobjects/v1" + call.template)
        // Google compresses only for clients whose name says gzip.
        request.headers["User-Agent"] = "wallet-google-bridge (gzip)"
        if let body = call.body {
            request.headers["Content-Type"] = "application/json; charset=utf-8"
            request.body = JSONValue.object(body).serialized()
        }
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try await client.send(request)
        } catch {
            if case .cancelled = error { throw CancellationError() }
            throw GoogleFailure(unanswered: error.description)
        }
        guard response.status.isSuccess else {
            throw GoogleFailure(
                status: response.status, retryAfter: response.headers["Retry-After"], body: response.body)
        }
        guard case .object(let answer)? = try? JSON.parse(response.body) else {
            throw GoogleFailure(unanswered: "an answer of status \(response.status.rawValue) that is no JSON object")
        }
        return answer
    }
}
