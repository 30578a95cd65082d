import Dispatch
import Glibc
import GoogleWalletSimulator
import Synchronization
import ToolSupport

/// A simulated Google Wallet on the command line.
@main
struct Main {
    static func main() async {
        // A client that goes away must not end the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            let options = try CommandLineOptions(Array(CommandLine.arguments.dropFirst()))
            if options.isHelp {
                Terminal.write(CommandLineOptions.help)
            } else {
                try await serve(options)
            }
        } catch {
            Terminal.write("google-wallet: \(error)", to: STDERR_FILENO)
            exit(error is CommandLineOptions.Fault ? 64 : 1)
        }
    }

    private static func serve(_ options: CommandLineOptions) async throws {
        let wallet = try GoogleWallet(configuration: options.configuration)
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await wallet.run { try open(wallet, options) }
            }
            group.addTask { await stop.wait() }
            // Whichever ends first ends the other.
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Opens the demonstration's accounts and says where everything is.
    private static func open(_ wallet: GoogleWallet, _ options: CommandLineOptions) throws {
        var issuer =
            wallet.issuers.first { $0.issuerId == options.issuerID }
            ?? Issuer(issuerId: options.issuerID, name: options.issuerName)
        issuer.name = options.issuerName
        try wallet.put(issuer)
        if let file = options.serviceAccountFile {
            try ServiceAccountFile.provide(file, for: wallet, issuer: options.issuerID)
        }
        Terminal.write("REST interface  \(wallet.url)")
        Terminal.write("save page       \(wallet.saveURL)/<jwt>")
        Terminal.write("callback keys   \(wallet.keysURL)")
        if let control = wallet.controlURL { Terminal.write("control         \(control)/control/v1/") }
    }
}

/// SIGTERM or SIGINT.
private final class StopSignal: Sendable {
    private let signals: AsyncStream<Void>
    private let sources = Mutex<[any DispatchSourceSignal]>([])

    init() {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        signals = stream
        sources.withLock { $0 = [Self.source(SIGTERM, continuation), Self.source(SIGINT, continuation)] }
    }

    private static func source(
        _ number: Int32, _ continuation: AsyncStream<Void>.Continuation
    ) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { continuation.finish() }
        source.resume()
        return source
    }

    /// Returns with the first of them, and when the task is cancelled.
    func wait() async {
        for await _ in signals {}
    }
}
