import Cryptography
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// Google Wallet as a server: token endpoint, REST interface, save page and callbacks.
///
/// It refuses what Google refuses and answers as Google answers; where that is not known, a setting decides. Serve it
/// with `run`.
public final class GoogleWallet: Sendable {
    /// What time it is there.
    public let clock = SimulatorClock()

    let configuration: GoogleWalletConfiguration
    let accounts = Accounts()
    let tokens = AccessTokens()
    let pace = IssuerPace()
    let script = FaultScript()
    let log: CallLog
    let images: ImageProbe
    let vault: Vault
    let links = SavedLinks()
    let signer: CallbackSigner
    let callbacks: CallbackQueue
    let notices = NoticeLog()
    let journal: Journal?
    let client: HTTPClient

    private struct State {
        var settings: GoogleWalletSettings
        var url: String
        var controlURL: String?
    }

    private let state: Mutex<State>

    /// Makes a wallet, with what its journal remembers.
    public init(configuration: GoogleWalletConfiguration = GoogleWalletConfiguration()) throws {
        self.configuration = configuration
        state = Mutex(
            State(settings: configuration.settings, url: configuration.publicURL ?? "http://127.0.0.1:0"))
        client = HTTPClient(
            configuration: HTTPClientConfiguration(
                userAgent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"))
        log = CallLog(capacity: configuration.loggedCalls)
        images = ImageProbe(client: client)
        let journal = try configuration.journalPath.map { try Journal(path: $0) }
        self.journal = journal
        vault = Vault { journal?.write($0) }
        let past = try journal?.read()
        signer = try CallbackSigner(root: past?.root)
        callbacks = CallbackQueue(client: client)
        try past?.restore(into: self)
        try journal?.begin(self)
    }

    /// What it is like.
    public var settings: GoogleWalletSettings { state.withLock { $0.settings } }

    /// Changes what it is like.
    public func change(_ change: (inout GoogleWalletSettings) -> Void) {
        state.withLock { change(&$0.settings) }
    }

    /// The root of the REST interface, what `https://walletobjects.googleapis.com` is to the real one.
    public var url: String { state.withLock { $0.url } }

    /// The control interface; nil without one.
    public var controlURL: String? { state.withLock { $0.controlURL } }

    /// Where access tokens are given out, `token_uri` of key files and the audience of assertions.
    public var tokenURI: String { url + "/token" }

    /// What stands before `/<jwt>` in save links.
    public var saveURL: String { url + "/gp/v/save" }

    /// Where the keys of callbacks are.
    public var keysURL: String { url + "/gp/m/issuer/keys" }

    /// Serves until the task is cancelled; `ready` is called once it can be reached.
    public func run(ready: @Sendable () async throws -> Void = {}) async throws {
        let server = HTTPServer(configuration: serverConfiguration, routes: walletRoutes())
        try server.start()
        let control = configuration.controlPort.map { port in
            HTTPServer(
                configuration: HTTPServerConfiguration(name: "control", address: "127.0.0.1", port: port),
                routes: controlRoutes())
        }
        do {
            try control?.start()
            state.withLock { state in
                state.url = configuration.publicURL ?? "http://127.0.0.1:\(server.port)"
                state.controlURL = control.map { "http://127.0.0.1:\($0.port)" }
            }
            try await ready()
            // Ends when the task is cancelled.
            await callbacks.run()
        } catch {
            await stop(server, control)
            throw error
        }
        await stop(server, control)
    }

    private func stop(_ server: HTTPServer, _ control: HTTPServer?) async {
        await control?.stop(deadline: .seconds(1))
        await server.stop(deadline: .seconds(1))
        client.shutdown()
        journal?.close()
    }

    private var serverConfiguration: HTTPServerConfiguration {
        // Save links are long, lists too; its clients come from one address.
        HTTPServerConfiguration(
            name: "google-wallet", address: configuration.address, port: configuration.port, threads: 2,
            maximumConnectionsPerAddress: 4_096, maximumConcurrentRequests: 4_096)
    }
}

extension GoogleWallet {
    /// Serves for as long as the body runs.
    public static func serving<Outcome: Sendable>(
        _ configuration: GoogleWalletConfiguration = GoogleWalletConfiguration(),
        _ body: @escaping @Sendable (GoogleWallet) async throws -> Outcome
    ) async throws -> Outcome {
        let wallet = try GoogleWallet(configuration: configuration)
        let (started, announce) = AsyncStream<Void>.makeStream()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { announce.finish() }
                try await wallet.run { announce.finish() }
            }
            for await _ in started {}
            do {
                // When it could not start, that is what went wrong.
                if wallet.url.hasSuffix(":0") { try await group.next() }
                let outcome = try await body(wallet)
                group.cancelAll()
                try await group.waitForAll()
                return outcome
            } catch {
                group.cancelAll()
                throw error
            }
        }
    }
}
