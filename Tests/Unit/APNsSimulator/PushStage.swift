import APNsSimulator
import HTTP2
import JSON
import Support
import Testing

/// A push to a running simulator, and what came of it.
struct PushStage {
    static let topic = PassAuthority.passType
    static let token = String(repeating: "a1b2c3d4", count: 8)

    /// What a simulator answered.
    struct Answer: Equatable {
        var status: Int
        var reason: String?
        var timestamp: Int?
        var id: String?
    }

    /// An answer that refuses.
    static func refusal(_ reason: APNsReason) -> Answer {
        Answer(status: reason.status, reason: reason.rawValue)
    }

    /// A push as push-sender sends it.
    static func push(
        to token: String = token, topic: String? = topic, _ headers: [(name: String, value: String)] = [],
        body: [UInt8] = [0x7B, 0x7D]
    ) -> HTTP2Request {
        let topics = topic.map { [(name: "apns-topic", value: $0)] } ?? []
        return HTTP2Request(method: "POST", path: "/3/device/\(token)", headers: topics + headers, body: body)
    }

    /// Sends a push, and reads the answer as Apple describes it; each has an id.
    static func send(_ request: HTTP2Request, by client: HTTP2Client) async throws -> Answer {
        let response = try await client.send(request)
        let id = response.headers["apns-id"]
        guard !response.body.isEmpty else { return Answer(status: response.status, id: id) }
        let body = try JSON.parse(response.body)
        return Answer(
            status: response.status, reason: body["reason"]?.stringValue, timestamp: body["timestamp"]?.intValue, id: id
        )
    }

    /// The same without the id, which is checked to be there.
    static func verdict(on request: HTTP2Request, by client: HTTP2Client) async throws -> Answer {
        var answer = try await send(request, by: client)
        #expect(answer.id?.utf8.count == 36)
        answer.id = nil
        return answer
    }
}
