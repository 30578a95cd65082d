import GoogleWalletSimulator

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
        google-wallet: a simulated Google Wallet, for everything that speaks to the real one

        It serves until SIGTERM: the token endpoint at /token, the REST interface below /walletobjects/v1/ and /batch,
        the save page at /gp/v/save/<jwt>, the keys of callbacks at /gp/m/issuer/keys.

        --port N                where it listens (default: 8090; 0 takes a free port)
        --address ADDRESS       the address to listen on (default: 127.0.0.1)
        --public-url URL        how others reach it (default: the address and port)
        --control-port N        the control interface on 127.0.0.1 (default: none; 0 takes a free port)
        --issuer ID             opens an issuer account (default: 3388000000000000001)
        --issuer-name NAME      its name (default: Demo Ltd)
        --service-account FILE  the key file of a service account that may use the issuer account; made when it is
                                not there, its token_uri being this server's
        --journal FILE          remembers everything there for the next run
        --calls-per-second N    what an issuer has (default: 20; 0 lifts the pace)
        --burst N               calls at once of an issuer that was silent before (default: 20)
        --images trusted|fetched   fetched: an image that cannot be fetched is refused (default: trusted)
        --spelling legacy|current  how answers spell enums (default: legacy, as Google's do)

        The control interface is JSON below /control/v1/: state, settings, clock, faults, dead-images, calls, pace,
        notices, callbacks, issuers, service-accounts, token-revocations, resources, saves, objects, reset.
        Exit status: 0 stopped, 1 failed, 64 wrong usage.
        """

    var isHelp = false
    var configuration = GoogleWalletConfiguration()
    var issuerID = "3388000000000000001"
    var issuerName = "Demo Ltd"
    var serviceAccountFile: String?

    init(_ arguments: [String]) throws(Fault) {
        configuration.port = 8_090
        // Seconds of calls that a demonstration looks back on.
        configuration.loggedCalls = 10_000
        var rest = arguments[...]
        while let name = rest.popFirst() {
            if name == "--help" || name == "-h" {
                isHelp = true
                return
            }
            guard name.hasPrefix("--") else { throw Fault("cannot understand \(name); see google-wallet --help") }
            guard let value = rest.popFirst() else { throw Fault("\(name) needs a value") }
            try set(name, value)
        }
    }

    private mutating func set(_ name: String, _ value: String) throws(Fault) {
        switch name {
        case "--port": configuration.port = try Self.number(name, value, in: 0...65_535)
        case "--control-port": configuration.controlPort = try Self.number(name, value, in: 0...65_535)
        case "--address": configuration.address = value
        case "--public-url": configuration.publicURL = String(value.reversed().drop { $0 == "/" }.reversed())
        case "--issuer": issuerID = value
        case "--issuer-name": issuerName = value
        case "--service-account": serviceAccountFile = value
        case "--journal": configuration.journalPath = value
        case "--burst": configuration.settings.burst = try Self.number(name, value, in: 1...1_000_000)
        case "--calls-per-second":
            configuration.settings.callsPerSecond = Double(try Self.number(name, value, in: 0...1_000_000))
        case "--images":
            guard let policy = ImagePolicy(rawValue: value) else { throw Fault("\(name) is trusted or fetched") }
            configuration.settings.images = policy
        case "--spelling":
            guard ["legacy", "current"].contains(value) else { throw Fault("\(name) is legacy or current") }
            configuration.settings.legacySpelling = value == "legacy"
        default: throw Fault("unknown option \(name); see google-wallet --help")
        }
    }

    private static func number(_ name: String, _ text: String, in range: ClosedRange<Int>) throws(Fault) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw Fault("\(name) is a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
