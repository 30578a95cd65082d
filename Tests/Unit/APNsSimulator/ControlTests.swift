import APNsSimulator
import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

@Suite("APNs simulator: the control interface")
struct ControlTests {
    /// A simulator with a client of its control interface.
    private struct Stage {
        let simulator: APNsSimulator
        let http = HTTPClient()

        init() async throws {
            simulator = try await APNsSimulator.started()
        }

        func call(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> HTTPClientResponse {
            let url = "http://127.0.0.1:\(simulator.controlPort ?? 0)\(path)"
            let headers: HTTPHeaders = body == nil ? [:] : ["Content-Type": "application/json"]
            return try await http.send(
                HTTPClientRequest(
                    method: method, url: url, headers: headers, body: body?.serialized() ?? [], deadline: .seconds(60)))
        }

        func json(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
            try JSON.parse(try await call(method, path, body).body)
        }
    }

    @Test("adds scripts and takes them away")
    func scripts() async throws {
        let stage = try await Stage()
        let client = try await stage.simulator.client()
        let step: JSONValue = ["token": .string(PushStage.token), "reason": "Unregistered", "timestamp": 7]
        #expect(try await stage.call(.post, "/scripts", step).status == .noContent)
        let answer = try await PushStage.verdict(on: PushStage.push(), by: client)
        #expect(answer == .init(status: 410, reason: "Unregistered", timestamp: 7))
        #expect(try await stage.call(.delete, "/scripts?token=\(PushStage.token)").status == .noContent)
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client).status == 200)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("gives tokens out, learns others, and lets pushes to them be read")
    func devices() async throws {
        let stage = try await Stage()
        let client = try await stage.simulator.client()
        #expect(try await stage.call(.patch, "/settings", ["acceptsKnownTokensOnly": true]).status == .noContent)
        let token = try #require(try await stage.json(.post, "/devices", [:])["token"]?.stringValue)
        let learnt = try await stage.call(.post, "/devices", ["token": .string(PushStage.token)])
        #expect(learnt.status == .created)
        async let waiting = stage.json(.get, "/devices/\(token)/pushes?after=0&waitSeconds=20")
        for token in [token, PushStage.token] {
            #expect(try await PushStage.verdict(on: PushStage.push(to: token), by: client).status == 200)
        }
        let pushes = try await waiting
        #expect(pushes["pushes"]?.arrayValue?.count == 1)
        #expect(pushes["pushes"]?[0]?["token"]?.stringValue == token)
        let last = try #require(pushes["last"]?.intValue)
        let later = try await stage.json(.get, "/devices/\(token)/pushes?after=\(last)&waitSeconds=0")
        #expect(later["pushes"]?.arrayValue?.isEmpty == true)
        #expect(later["last"]?.intValue == last)
        #expect(try await stage.json(.get, "/pushes")["pushes"]?.arrayValue?.count == 2)
        #expect(try await stage.json(.get, "/pushes?after=1")["pushes"]?.arrayValue?.count == 1)

        #expect(try await stage.call(.delete, "/devices/\(token)").status == .noContent)
        #expect(try await PushStage.verdict(on: PushStage.push(to: token), by: client).reason == "Unregistered")
        let counters = try await stage.json(.get, "/counters")
        #expect(counters["accepted"]?.intValue == 2)
        #expect(counters["refused"]?["Unregistered"]?.intValue == 1)
        #expect(try await stage.call(.delete, "/pushes").status == .noContent)
        #expect(try await stage.json(.get, "/pushes")["pushes"]?.arrayValue?.isEmpty == true)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test("changes settings and ends connections")
    func connections() async throws {
        let stage = try await Stage()
        let client = try await stage.simulator.client()
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client).status == 200)
        #expect(try await stage.call(.patch, "/settings", ["maximumConcurrentStreams": 3]).status == .noContent)
        try await eventually("three streams") { client.capacity == 3 }
        #expect(try await stage.call(.patch, "/settings", ["outage": "InternalServerError"]).status == .noContent)
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client).status == 500)
        #expect(try await stage.call(.patch, "/settings", ["outage": ""]).status == .noContent)
        #expect(try await stage.call(.post, "/connections/goaway", ["reason": "Shutdown"]).status == .noContent)
        try await eventually("the end by GOAWAY") { stage.simulator.counters.openConnections == 0 }
        #expect(try await PushStage.verdict(on: PushStage.push(), by: client).status == 200)
        #expect(try await stage.call(.post, "/connections/drop").status == .noContent)
        try await eventually("the end") { stage.simulator.counters.openConnections == 0 }
        // The client may not know of the end yet.
        try await eventually("an answer on a new connection") {
            (try? await PushStage.verdict(on: PushStage.push(), by: client).status) == 200
        }
        #expect(stage.simulator.counters.connections == 3)
        await client.shutdown(deadline: .seconds(5))
    }

    @Test(
        "refuses what it does not understand",
        arguments: [
            (HTTPMethod.post, "/scripts", ["action": "explode"] as JSONValue, 422),
            (.post, "/scripts", ["tokn": "ab"], 422),
            (.post, "/scripts", ["token": "xyz"], 422), (.post, "/devices", ["token": "xyz"], 422),
            (.patch, "/settings", ["outage": "Bored"], 422), (.get, "/pushes?after=x", nil, 400),
            (.get, "/devices/xyz/pushes", nil, 422),
        ] as [(HTTPMethod, String, JSONValue?, Int)])
    func refusals(_ row: (method: HTTPMethod, path: String, body: JSONValue?, status: Int)) async throws {
        let stage = try await Stage()
        #expect(try await stage.call(row.method, row.path, row.body).status.rawValue == row.status)
    }
}
