import HTTPTypes
import Tracing

/// A call as a step of a trace, by OpenTelemetry's conventions for HTTP clients; the URL is left out, since links, tokens and
/// identifiers stand in URLs.
struct ClientStep {
    private let step: OpenSpan
    private let request: HTTPClientRequest

    /// Begins a step of the present trace; nil when nobody would be told.
    init?(_ request: HTTPClientRequest) {
        let name = [request.method.rawValue, request.template].compactMap { $0 }
        guard let step = ActiveSpan.begin(name.joined(separator: " "), .client) else { return nil }
        self.step = step
        self.request = request
    }

    /// What the call carries.
    var context: TraceContext { step.context }

    /// Tells what came of it.
    func end(_ outcome: Result<HTTPClientResponse, HTTPClientError>) {
        var attributes = [SpanAttribute.text("http.request.method", request.method.rawValue)] + server
        if let template = request.template { attributes.append(.text("url.template", template)) }
        var failure: SpanFailure?
        switch outcome {
        case .success(let response):
            let status = response.status.rawValue
            attributes.append(.number("http.response.status_code", status))
            if status >= 400 { failure = SpanFailure(type: String(status)) }
        case .failure(let error):
            let type = error == .timedOut ? "timeout" : "HTTPClientError"
            failure = SpanFailure(type: type, message: error.description)
        }
        step.end(attributes, failure: failure)
    }

    /// Host and port of the URL.
    private var server: [SpanAttribute] {
        let isSecure = RequestCheck.isSecure(request.url)
        let rest = request.url.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let isBracketed = authority.hasPrefix("[")
        let host = isBracketed ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        let port = Int(authority.dropFirst(host.count + (isBracketed ? 3 : 1))) ?? (isSecure ? 443 : 80)
        return [.text("server.address", String(host)), .number("server.port", port)]
    }
}

extension HTTPClientRequest {
    /// The request with the trace that it belongs to, where the server may be told.
    func telling(_ context: TraceContext) -> HTTPClientRequest {
        guard tellsTrace else { return self }
        var request = self
        context.write(to: &request.headers)
        return request
    }
}
