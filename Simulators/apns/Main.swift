import APNsSimulator
import Glibc
import ToolSupport

/// A simulated APNs on the command line.
@main
struct Main {
    static func main() async {
        do {
            let options = try CommandLineOptions(Array(CommandLine.arguments.dropFirst()))
            guard !options.wantsHelp else { return Terminal.write(CommandLineOptions.help) }
            try await serve(try options.configuration())
        } catch {
            Terminal.write("apns: \(error)", to: STDERR_FILENO)
            exit(error is ToolFault ? 64 : 1)
        }
    }

    private static func serve(_ configuration: APNsSimulatorConfiguration) async throws {
        let simulator = try APNsSimulator(configuration: configuration)
        try simulator.start()
        Terminal.write("apns https://\(configuration.address):\(simulator.port)")
        if let port = simulator.controlPort { Terminal.write("control http://\(configuration.address):\(port)") }
        await StopSignal.wait()
        await simulator.stop()
    }
}
