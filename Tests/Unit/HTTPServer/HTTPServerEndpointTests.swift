import HTTPServer
import HTTPTypes
import JSON
import Testing

@Suite struct HTTPServerEndpointTests {
    private struct Order: Codable, Sendable {
        let name: String
        let counts: [Int]
    }

    private struct Receipt: Codable, Sendable {
        let total: Int
        let path: String
    }

    private static let place = Endpoint<Order, Receipt>(
        .post, "/orders/{id}", bodyLimit: 1_000, successStatus: .accepted)
    private static let strict = Endpoint<Order, Receipt>(.put, "/orders/{id}", unknownKeys: .refused)
    private static let remove = Endpoint<NoBody, NoBody>(.delete, "/orders/{id}", successStatus: .noContent)

    private static let routes: Routes = {
        var routes = Routes()
        routes.serve(place) { request, order in
            Receipt(total: order.counts.reduce(0, +), path: request.parameters["id"] ?? "")
        }
        routes.serve(strict) { _, order in (Receipt(total: order.counts.count, path: "put/it"), .created) }
        routes.serve(remove) { _, _ in NoBody() }
        return routes
    }()

    private func answer(
        _ method: String, _ body: String?, _ headers: [String] = ["Content-Type: application/json"]
    ) async throws -> RawClient.Response {
        try await RunningServer.serving(Self.routes) { server in
            try await server.client {
                try $0.request(method, "/orders/o%2F1", headers: headers, body: body.map { Array($0.utf8) })
            }
        }
    }

    @Test("decodes the body and encodes the answer with the endpoint's status")
    func serves() async throws {
        let answer = try await answer("POST", #"{"name":"a","counts":[1,2,3],"more":true}"#)
        #expect(answer.status == 202)
        #expect(answer["Content-Type"] == "application/json")
        #expect(answer.text == #"{"path":"o/1","total":6}"#)
    }

    @Test("takes the status that the handler chose")
    func servesWithStatus() async throws {
        let answer = try await answer("PUT", #"{"name":"a","counts":[]}"#)
        #expect(answer.status == 201)
        #expect(answer.text == #"{"path":"put/it","total":0}"#)
    }

    @Test("sends no body for one that has none")
    func servesWithoutBody() async throws {
        let answer = try await answer("DELETE", nil, [])
        #expect(answer.status == 204)
        #expect(answer["Content-Length"] == nil)
        #expect(answer.body.isEmpty)
    }

    @Test(
        "answers 400 to what is no JSON",
        arguments: ["", "{", "{\"name\":\"a\",\"name\":\"b\",\"counts\":[]}", "nothing"])
    func refusesNoJSON(body: String) async throws {
        let answer = try await answer("POST", body)
        #expect(answer.status == 400)
    }

    @Test("answers 422 with the pointer of each fault to the wrong shape")
    func refusesWrongShape() async throws {
        let answer = try await answer("POST", #"{"name":"a","counts":[1,"two"]}"#)
        #expect(answer.status == 422)
        let problem = try JSON.parse(answer.body)
        #expect(problem["errors"]?.arrayValue?.first?["pointer"]?.stringValue == "/counts/1")
        let strict = try await self.answer("PUT", #"{"name":"a","counts":[],"nam":1,"x":2}"#)
        #expect(strict.status == 422)
        let pointers = try JSON.parse(strict.body)["errors"]?.arrayValue?.compactMap { $0["pointer"]?.stringValue }
        #expect(pointers?.sorted() == ["/nam", "/x"])
    }

    @Test(
        "answers 415 to another media type or charset",
        arguments: ["text/plain", "application/json; charset=utf-16", "multipart/form-data; boundary=x", "nonsense"])
    func refusesMediaTypes(type: String) async throws {
        let answer = try await answer("POST", #"{"name":"a","counts":[]}"#, ["Content-Type: \(type)"])
        #expect(answer.status == 415)
    }

    @Test(
        "takes JSON by any of its names",
        arguments: ["application/json", "Application/JSON; Charset=\"UTF-8\"", "application/merge-patch+json"])
    func acceptsMediaTypes(type: String) async throws {
        let answer = try await answer("POST", #"{"name":"a","counts":[]}"#, ["Content-Type: \(type)"])
        #expect(answer.status == 202)
    }

    @Test("answers 413 over the endpoint's limit")
    func refusesLongBodies() async throws {
        let answer = try await answer("POST", #"{"name":"\#(String(repeating: "a", count: 1_000))","counts":[]}"#)
        #expect(answer.status == 413)
    }
}
