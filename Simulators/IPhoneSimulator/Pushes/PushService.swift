import HTTPClient
import HTTPTypes
import JSON

/// The phone's side of the simulated APNs, by its control interface: device tokens, and the pushes that came for them.
public struct PushService: Sendable {
    /// The service could not be asked, or answered as it never should.
    public struct Failure: Error, CustomStringConvertible {
        /// What happened.
        public let description: String
    }

    /// What came for a device token.
    public struct Delivery: Sendable {
        /// The pushes; of each topic the newest alone, as Apple keeps them for a phone that is away.
        public let pushes: [Push]
        /// What to ask after next time.
        public let sequence: Int
    }

    private static let devices: PathTemplate = "/devices"
    private static let pushes: PathTemplate = "/devices/{token}/pushes"

    private let client: HTTPClient
    private let controlURL: String

    /// A push service by the URL of its control interface.
    public init(client: HTTPClient, controlURL: String) {
        self.client = client
        self.controlURL = controlURL.hasSuffix("/") ? String(controlURL.dropLast()) : controlURL
    }

    /// A new device token for a topic.
    public func mintToken(passTypeIdentifier: String) async throws(Failure) -> String {
        let body: JSONValue = ["topic": .string(passTypeIdentifier)]
        let answer = try await send(
            HTTPClientRequest(
                method: .post, url: controlURL + Self.devices.description,
                headers: ["Content-Type": "application/json"], body: body.serialized()))
        guard let token = answer["token"]?.stringValue else { throw Failure(description: "no token came") }
        return token
    }

    /// How a phone gets its tokens here.
    public var mintToken: IPhone.PushTokenMint {
        { passTypeIdentifier in try await mintToken(passTypeIdentifier: passTypeIdentifier) }
    }

    /// The pushes for a token that came after others, waiting for one if there is none.
    public func pushes(
        for token: String, after sequence: Int, waitSeconds: Int
    ) async throws(Failure) -> Delivery {
        let query = QueryItems([("after", String(sequence)), ("waitSeconds", String(waitSeconds))])
        guard let path = Self.pushes.expand(["token": token]) else {
            throw Failure(description: "no path leads to this token")
        }
        let answer = try await send(
            HTTPClientRequest(
                method: .get, url: "\(controlURL)\(path)?\(query.encoded)", deadline: .seconds(waitSeconds + 10)))
        guard let items = answer["pushes"]?.arrayValue, let last = answer["last"]?.intValue else {
            throw Failure(description: "no list of pushes came")
        }
        let pushes = items.compactMap { item in
            item["topic"]?.stringValue.map { Push(passTypeIdentifier: $0, pushToken: token) }
        }
        return Delivery(pushes: pushes, sequence: last)
    }

    private func send(_ request: HTTPClientRequest) async throws(Failure) -> JSONValue {
        let response: HTTPClientResponse
        do {
            response = try await client.send(request)
        } catch {
            throw Failure(description: "the push service did not answer: \(error)")
        }
        guard response.status.isSuccess else {
            throw Failure(description: "the push service answered \(response.status.rawValue)")
        }
        do {
            return try JSON.parse(response.body)
        } catch {
            throw Failure(description: "the push service answered no JSON: \(error)")
        }
    }
}
