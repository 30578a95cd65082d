import APNsSimulator
import HTTP2
import Synchronization

/// The simulated APNs of a platform, which a test may end and start again; what was told it is forgotten then.
public final class PlatformAPNs: Sendable {
    /// The URL for push-sender.
    public let url: String
    /// The URL of the control interface.
    public let controlURL: String

    private let configuration: APNsSimulatorConfiguration
    private let running = Mutex<APNsSimulator?>(nil)

    /// Prepares a simulator that takes pass certificates of an authority; `change` makes it another than the usual one.
    init(authority: PassAuthority, change: (inout APNsSimulatorConfiguration) -> Void) throws {
        let (port, controlPort) = (try FreePorts.take(), try FreePorts.take())
        var configuration = APNsSimulatorConfiguration(
            port: port, controlPort: controlPort,
            identity: TLSIdentity(
                certificateChain: try authority.pem("server.pem"), privateKey: try authority.pem("server.key.pem")),
            clientAuthorities: try authority.pem("root.pem"))
        change(&configuration)
        self.configuration = configuration
        url = "https://127.0.0.1:\(port)"
        controlURL = "http://127.0.0.1:\(controlPort)"
    }

    /// The simulator while it runs.
    public var simulator: APNsSimulator {
        get throws {
            guard let simulator = running.withLock({ $0 }) else {
                throw ProgramFailure(description: "the simulated APNs does not run")
            }
            return simulator
        }
    }

    /// Begins to serve, always on the same ports.
    public func start() throws {
        let simulator = try APNsSimulator(configuration: configuration)
        try simulator.start()
        running.withLock { $0 = simulator }
    }

    /// Ends it: nobody answers there any more.
    public func stop() async {
        let simulator = running.withLock { running in
            defer { running = nil }
            return running
        }
        await simulator?.stop(deadline: .seconds(1))
    }

    /// How many pushes each device token got, of the tokens that got any.
    public func pushCounts() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for push in try simulator.pushes() { counts[push.token, default: 0] += push.count }
        return counts
    }

    /// Waits until a device token got so many pushes.
    public func waitForPushes(to token: String, count: Int = 1, within deadline: Duration = .seconds(30)) async throws {
        try await eventually(within: deadline, "push \(count) to a phone") {
            // While it is down it has no pushes.
            (try? pushCounts()[token] ?? 0) ?? 0 >= count
        }
    }
}
