import Glibc
import HTTP2
import ToolSupport

/// Sends as many pushes as told over as many streams as told, as h2load does, and prints figures.
@main
struct Main {
    static func main() async {
        do {
            let options = try CommandLineOptions(Array(CommandLine.arguments.dropFirst()))
            guard !options.wantsHelp else { return Terminal.write(CommandLineOptions.help) }
            let client = try HTTP2Client(configuration: try options.configuration())
            let load = Load(client: client, requests: options.requests, streams: options.streams)
            Terminal.write(await load.run().description)
            await client.shutdown(deadline: .seconds(5))
        } catch {
            Terminal.write("http2-load: \(error)", to: STDERR_FILENO)
            exit(error is ToolFault ? 64 : 1)
        }
    }
}
