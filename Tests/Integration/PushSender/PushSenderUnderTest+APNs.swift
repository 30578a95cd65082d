import APNsSimulator
import Cryptography
import HTTP2
import HTTPTypes
import ServiceKit
import Support

@testable import PushSender

extension PushSenderUnderTest {
    /// A simulated APNs that knows the authority of the tests.
    static func simulatedAPNs() async throws -> APNsSimulatorConfiguration {
        let authority = try await PassAuthority.shared()
        return APNsSimulatorConfiguration(
            identity: TLSIdentity(
                certificateChain: try authority.pem("server.pem"), privateKey: try authority.pem("server.key.pem")),
            clientAuthorities: try authority.pem("root.pem"))
    }

    /// Runs a test against a service that sends to a simulated APNs.
    /// - Parameter sending: whether the service sends from the beginning.
    static func runWithAPNs(
        _ settings: [String: String] = [:], apns simulated: APNsSimulatorConfiguration? = nil, sending: Bool = true,
        _ body: (PushSenderUnderTest, APNsSimulator) async throws -> Void
    ) async throws {
        let authority = try await PassAuthority.shared()
        let configuration = if let simulated { simulated } else { try await simulatedAPNs() }
        let apns = try APNsSimulator(configuration: configuration)
        try apns.start()
        var all = settings
        all["APNS_URL"] = "https://localhost:\(apns.port)"
        all["APNS_CA_FILE"] = authority.path("root.pem")
        do {
            try await run(all) { sender in
                if sending { sender.startBackgroundWork() }
                try await body(sender, apns)
            }
        } catch {
            await apns.stop()
            throw error
        }
        await apns.stop()
    }

    /// The clients of a replica that the test runs itself.
    func clients() -> APNsClients {
        APNsClients(
            settings: APNsClient.Settings(
                server: configuration.apns, authorities: configuration.apnsAuthorities,
                maximumConnections: configuration.apnsConnections, timeout: .seconds(10)),
            store: CredentialStore(database: pool),
            seal: CredentialSeal(secrets: SecretBox(configuration.masterKeys)))
    }

    /// What such a replica works with.
    func tools(clock: @escaping @Sendable () -> Instant) -> TopicSending.Tools {
        TopicSending.Tools(
            queue: queue(), topics: TopicStore(database: pool), metrics: PushMetrics(metrics),
            logger: Logger(service: "push-sender", level: .error, format: .text), windows: SendingWindows(),
            pushesInFlight: configuration.pushesInFlight, clock: clock)
    }

    /// Waits until no push waits or is on its way, of any topic.
    func drained() async throws {
        try await eventually(within: .seconds(60), "an empty queue") {
            try await count("SELECT count(*) FROM push.jobs") == 0
        }
    }
}
