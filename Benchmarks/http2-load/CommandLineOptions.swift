import HTTP2
import ToolSupport

/// What the command line asks for.
struct CommandLineOptions {
    static let help = """
        http2-load: sends pushes through Libraries/HTTP2 and prints one line of figures

        http2-load --port PORT --ca FILE [option…]

        --host HOST          the server (default: 127.0.0.1)
        --port PORT          its port
        --ca FILE            its authority (PEM)
        --certificate FILE   a client certificate with intermediates (PEM), with --key
        --key FILE           its key (PEM)
        --requests N         pushes in all (default: 100000)
        --streams N          pushes at once (default: 1000)
        --connections N      connections at most (default: 1)
        """

    var requests = 100_000
    var streams = 1_000
    private(set) var wantsHelp = false
    private var host = "127.0.0.1"
    private var port = 0
    private var connections = 1
    private var authority: String?
    private var certificate: String?
    private var key: String?

    init(_ arguments: [String]) throws(ToolFault) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard option != "--help" else {
                wantsHelp = true
                return
            }
            guard let value = rest.popFirst() else { throw ToolFault("\(option) needs a value; see http2-load --help") }
            switch option {
            case "--host": host = value
            case "--port": port = try Self.number(option, value)
            case "--ca": authority = try InputFile.text(value)
            case "--certificate": certificate = try InputFile.text(value)
            case "--key": key = try InputFile.text(value)
            case "--requests": requests = try Self.number(option, value)
            case "--streams": streams = try Self.number(option, value)
            case "--connections": connections = try Self.number(option, value)
            default: throw ToolFault("unknown option \(option); see http2-load --help")
            }
        }
    }

    private static func number(_ option: String, _ value: String) throws(ToolFault) -> Int {
        guard let number = Int(value), number > 0 else {
            throw ToolFault("\(option) takes a number above 0, not \(value)")
        }
        return number
    }

    func configuration() throws(ToolFault) -> HTTP2ClientConfiguration {
        guard port > 0 else { throw ToolFault("--port is needed; see http2-load --help") }
        var configuration = HTTP2ClientConfiguration(host: host, port: port, trustedCertificates: authority)
        configuration.maximumConnections = connections
        configuration.requestTimeout = .seconds(120)
        if let certificate, let key {
            configuration.identity = TLSIdentity(certificateChain: certificate, privateKey: key)
        }
        return configuration
    }
}
