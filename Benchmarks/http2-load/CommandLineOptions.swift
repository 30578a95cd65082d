import HTTP2

/// What the command line asks for.
struct CommandLineOptions {
    /// Something on the command line is wrong.
    struct Fault: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }

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

    init(_ arguments: [String]) throws(Fault) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard option != "--help" else {
                wantsHelp = true
                return
            }
            guard let value = rest.popFirst() else { throw Fault("\(option) needs a value; see http2-load --help") }
            switch option {
            case "--host": host = value
            case "--port": port = try Self.number(option, value)
            case "--ca": authority = try TextFile.read(value)
            case "--certificate": certificate = try TextFile.read(value)
            case "--key": key = try TextFile.read(value)
            case "--requests": requests = try Self.number(option, value)
            case "--streams": streams = try Self.number(option, value)
            case "--connections": connections = try Self.number(option, value)
            default: throw Fault("unknown option \(option); see http2-load --help")
            }
        }
    }

    private static func number(_ option: String, _ value: String) throws(Fault) -> Int {
        guard let number = Int(value), number > 0 else { throw Fault("\(option) takes a number above 0, not \(value)") }
        return number
    }

    func configuration() throws(Fault) -> HTTP2ClientConfiguration {
        guard port > 0 else { throw Fault("--port is needed; see http2-load --help") }
        var configuration = HTTP2ClientConfiguration(host: host, port: port, trustedCertificates: authority)
        configuration.maximumConnections = connections
        configuration.requestTimeout = .seconds(120)
        if let certificate, let key {
            configuration.identity = TLSIdentity(certificateChain: certificate, privateKey: key)
        }
        return configuration
    }
}
