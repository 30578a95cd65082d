import Contracts
import Cryptography
import HTTP2
import HTTPTypes
import Synchronization

/// APNs as one topic reaches it: under the topic's own credentials, over connections of its own.
final class APNsClient: Sendable {
    /// Where APNs is, and how much of it a topic takes.
    struct Settings: Sendable {
        let server: APNsServer
        /// The authorities that it is verified against, in PEM; nil for the system's.
        let authorities: String?
        let maximumConnections: Int
        /// How long an answer may take.
        let timeout: Duration
    }

    /// An empty dictionary: a push tells a phone to ask, and nothing else.
    private static let payload = Array("{}".utf8)

    private let topic: PassTypeIdentifier
    private let configuration: HTTP2ClientConfiguration
    private let connections: Mutex<HTTP2Client>
    private let providerToken: Mutex<ProviderToken?>

    /// Makes a client; nothing is connected before the first push.
    init(_ credentials: PushCredentials, for topic: PassTypeIdentifier, _ settings: Settings) throws {
        self.topic = topic
        var configuration = HTTP2ClientConfiguration(
            host: settings.server.host, port: settings.server.port, trustedCertificates: settings.authorities,
            maximumConnections: settings.maximumConnections, requestTimeout: settings.timeout,
            // The topic's own rests are longer, and tell when to try again.
            firstReconnectPause: .milliseconds(100), longestReconnectPause: .seconds(1),
            unindexedHeaders: ["authorization", "apns-id"])
        switch credentials {
        case .certificate(let certificate):
            configuration.identity = TLSIdentity(
                certificateChain: certificate.certificate + "\n" + certificate.intermediate,
                privateKey: certificate.privateKey.value)
            providerToken = Mutex(nil)
        case .tokenKey(let key):
            providerToken = Mutex(try ProviderToken(key))
        }
        self.configuration = configuration
        connections = Mutex(try HTTP2Client(configuration: configuration))
    }

    /// The server's name.
    var host: String { configuration.host }

    /// Pushes that could go out at once.
    var capacity: Int { connections.withLock { $0 }.capacity }

    /// Sends a push; the completion is called once, on the client's thread, and must not block it.
    func send(_ push: LeasedPush, at now: Instant, completion: @escaping @Sendable (APNsAnswer) -> Void) {
        let request: HTTP2Request
        do throws(CryptographyError) {
            request = try self.request(push, at: now)
        } catch {
            completion(.none(.unusable("The provider token can't be made: \(error)")))
            return
        }
        connections.withLock { $0 }.submit(request) { result in
            completion(APNsAnswer(result))
        }
    }

    /// Sends a push and waits for what comes of it.
    func send(_ push: LeasedPush) async -> APNsAnswer {
        await withCheckedContinuation { continuation in
            send(push, at: .now()) { continuation.resume(returning: $0) }
        }
    }

    /// Makes the next push carry a newer provider token than an earlier one did; false when that would not help, or there is
    /// none.
    func renewProviderToken(forPushSentAt sentAt: Instant, at now: Instant) -> Bool {
        providerToken.withLock { $0?.renew(forPushSentAt: sentAt, at: now) ?? false }
    }

    /// Leaves the connections there are for new ones.
    func reconnect() async throws(HTTP2Error) {
        let new = try HTTP2Client(configuration: configuration)
        let old = connections.withLock { connections in
            defer { connections = new }
            return connections
        }
        await old.shutdown(deadline: .seconds(1))
    }

    /// Sends no more, and ends the connections when every answer has come, or at the deadline.
    func shutdown(deadline: Duration) async {
        await connections.withLock { $0 }.shutdown(deadline: deadline)
    }

    private func request(_ push: LeasedPush, at now: Instant) throws(CryptographyError) -> HTTP2Request {
        var headers = [(name: "apns-topic", value: topic.rawValue), (name: "apns-id", value: push.apnsID)]
        let token = try providerToken.withLock { (token) throws(CryptographyError) in try token?.token(at: now) }
        if let token { headers.append((name: "authorization", value: "bearer \(token)")) }
        return HTTP2Request(method: "POST", path: "/3/device/\(push.token)", headers: headers, body: Self.payload)
    }
}
