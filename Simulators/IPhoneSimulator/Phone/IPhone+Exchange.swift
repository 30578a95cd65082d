import HTTPClient
import HTTPTypes
import JSON

extension IPhone {
    /// Why no answer came.
    struct NoAnswer: Error {
        let reason: String
    }

    /// Sends a request and reports the exchange.
    func exchange(
        _ request: HTTPClientRequest, meaning: (HTTPClientResponse) -> String
    ) async -> Result<HTTPClientResponse, NoAnswer> {
        let start = ContinuousClock.now
        let outcome: Result<HTTPClientResponse, NoAnswer>
        do {
            outcome = .success(try await client.send(request))
        } catch {
            outcome = .failure(NoAnswer(reason: "\(error)"))
        }
        let report: (status: Int?, meaning: String) =
            switch outcome {
            case .success(let response): (response.status.rawValue, meaning(response))
            case .failure(let error): (nil, "no answer: \(error.reason)")
            }
        observe(
            Exchange(
                method: request.method.rawValue, path: Self.path(of: request.url), status: report.status,
                duration: ContinuousClock.now - start, meaning: report.meaning))
        return outcome
    }

    /// Calls a web service as passd does; nil when no answer came.
    func call(
        _ task: WebServiceTask, _ service: WebServiceIdentity, token: String? = nil, body: JSONValue? = nil,
        meaning: (HTTPClientResponse) -> String
    ) async -> HTTPClientResponse? {
        let request = Self.request(task, service, token: token, body: body)
        return try? await exchange(request, meaning: meaning).get()  // The exchange has been reported.
    }

    /// A call as passd words it.
    static func request(
        _ task: WebServiceTask, _ service: WebServiceIdentity, token: String?, body: JSONValue?
    ) -> HTTPClientRequest {
        var headers: HTTPHeaders = ["User-Agent": walletUserAgent]
        if let token { headers["Authorization"] = "ApplePass \(token)" }
        if case .getPass(_, let date?) = task { headers["If-Modified-Since"] = date }
        if body != nil { headers["Content-Type"] = "application/json" }
        return HTTPClientRequest(
            method: task.method, url: service.url(of: task.path(for: service)), headers: headers,
            body: body?.serialized() ?? [])
    }

    /// Sends lines to the log endpoint.
    func log(_ lines: [String], to service: WebServiceIdentity) async {
        guard !lines.isEmpty else { return }
        let time = now().rfc3339.replacing("T", with: " ").replacing("Z", with: " +0000")
        let body: JSONValue = ["logs": .array(lines.map { .string("[\(time)] \($0)") })]
        let request = HTTPClientRequest(
            method: .post, url: service.url(of: "/v1/log"),
            headers: ["User-Agent": Self.walletUserAgent, "Content-Type": "application/json"],
            body: body.serialized())
        _ = await exchange(request) { _ in "log: \(lines.joined(separator: " | "))" }
    }

    private static func path(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://"), let slash = url[scheme.upperBound...].firstIndex(of: "/") else {
            return url
        }
        return String(url[slash...])
    }
}
