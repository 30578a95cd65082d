import APNsSimulator
import HTTP2

extension APNsSimulator {
    /// A running simulator of the test authority, with a control interface; changed as the body says.
    public static func started(
        _ configure: (inout APNsSimulatorConfiguration) -> Void = { _ in }
    ) async throws -> APNsSimulator {
        let authority = try await PassAuthority.shared()
        var configuration = APNsSimulatorConfiguration(
            controlPort: 0, identity: try authority.identity("server"),
            clientAuthorities: try authority.passAuthorities())
        configure(&configuration)
        let simulator = try APNsSimulator(configuration: configuration)
        try simulator.start()
        return simulator
    }

    /// A client of the simulator that shows a certificate of the test authority, or none.
    public func client(
        showing name: String? = "pass", _ configure: (inout HTTP2ClientConfiguration) -> Void = { _ in }
    ) async throws -> HTTP2Client {
        let authority = try await PassAuthority.shared()
        var configuration = HTTP2ClientConfiguration(
            host: "localhost", port: port, trustedCertificates: try authority.pem("root.pem"),
            identity: try name.map { try authority.identity($0) }, maximumConnections: 1,
            firstReconnectPause: .milliseconds(20))
        configure(&configuration)
        return try HTTP2Client(configuration: configuration)
    }
}
