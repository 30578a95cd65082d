import APNsSimulator
import HTTP2
import ToolSupport

/// What the command line asks for.
struct CommandLineOptions {
    static let help = """
        apns: a simulated Apple Push Notification service, with the real one's protocol and refusals

        apns --certificate FILE --key FILE --client-ca FILE [option…]

        --certificate FILE    its certificate with intermediates (PEM); Scripts/certificates DIR server makes one
        --key FILE            the certificate's key (PEM)
        --client-ca FILE      authorities of pass certificates (PEM); may be given several times
        --address ADDRESS     the address of both listeners (default: 127.0.0.1)
        --port PORT           the port for providers (default: 2197; 0 for any free one)
        --control-port PORT   the port of the control interface, plain HTTP (default: 2198; 0 for any free one)
        --provider-key KEYID:TEAMID:FILE
                              the public key (PEM) of a .p8 key for provider tokens; may be given several times
        --max-streams N       requests at once on a connection (default: 1000)
        --reset-burst N       streams that a provider may reset at once (default: 1000)
        --reset-rate N        resets that it regains each second (default: 33)
        --known-tokens-only   refuses device tokens that were not given out by POST /devices
        --refuse-handshake    ends the handshake with untrusted certificates instead of answering BadCertificate
        --sink                accepts everything unseen and keeps nothing, for benchmarks

        Two lines tell where it listens, as soon as it does. It serves until SIGTERM or SIGINT.

        Control interface:
        POST   /scripts                 {"token"?,"times"?,"action"?,"status"?,"reason"?,"timestamp"?,
                                        "delayMilliseconds"?,"errorCode"?}: what becomes of the next pushes to a token,
                                        or to any; actions: answer judge close goAway answerAndGoAway reset ignore
        DELETE /scripts?token=          forgets the steps of a token, or all
        GET    /pushes?after=&limit=    the newest accepted push of each token and topic, in their order
        DELETE /pushes                  forgets them
        GET    /devices/{token}/pushes?after=&waitSeconds=
                                        the same for one token; waits up to 25 s for one
        POST   /devices                 {"token"?,"topic"?}: gives a device token out, or learns one
        DELETE /devices/{token}         it is not valid any more: 410
        GET    /counters                what was accepted, refused, opened and reset
        PATCH  /settings                {"acceptsKnownTokensOnly"?,"maximumConcurrentStreams"?,"outage"?}
        POST   /connections/goaway      {"reason"?}: ends all connections with GOAWAY
        POST   /connections/drop        ends all connections without a word
        """

    private var certificate: String?
    private var key: String?
    private var clientAuthorities: [String] = []
    private var providerKeys: [APNsProviderKey] = []
    private var address = "127.0.0.1"
    private var port = 2_197
    private var controlPort = 2_198
    private var maximumStreams = 1_000
    private var resets = HTTP2ResetAllowance()
    private var acceptsKnownTokensOnly = false
    private var refusesInHandshake = false
    private var isSink = false
    private(set) var wantsHelp = false

    init(_ arguments: [String]) throws(ToolFault) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h": wantsHelp = true
            case "--known-tokens-only": acceptsKnownTokensOnly = true
            case "--refuse-handshake": refusesInHandshake = true
            case "--sink": isSink = true
            default:
                guard Self.optionsWithValue.contains(argument) else {
                    throw ToolFault("unknown option \(argument); see apns --help")
                }
                guard let value = rest.popFirst() else { throw ToolFault("\(argument) needs a value") }
                try set(argument, value)
            }
        }
    }

    private static let optionsWithValue: Set<String> = [
        "--certificate", "--key", "--client-ca", "--address", "--port", "--control-port", "--provider-key",
        "--max-streams", "--reset-burst", "--reset-rate",
    ]

    private mutating func set(_ option: String, _ value: String) throws(ToolFault) {
        switch option {
        case "--certificate": certificate = try InputFile.text(value)
        case "--key": key = try InputFile.text(value)
        case "--client-ca": clientAuthorities.append(try InputFile.text(value))
        case "--address": address = value
        case "--port": port = try Self.number(option, value, upTo: 65_535)
        case "--control-port": controlPort = try Self.number(option, value, upTo: 65_535)
        case "--provider-key": providerKeys.append(try Self.providerKey(value))
        case "--max-streams": maximumStreams = try Self.number(option, value, upTo: 1_000_000)
        case "--reset-burst": resets.burst = try Self.number(option, value, upTo: .max)
        default: resets.perSecond = try Self.number(option, value, upTo: .max)
        }
    }

    private static func number(_ option: String, _ value: String, upTo limit: Int) throws(ToolFault) -> Int {
        guard let number = Int(value), (0...limit).contains(number) else {
            throw ToolFault("\(option) takes a number up to \(limit), not \(value)")
        }
        return number
    }

    private static func providerKey(_ value: String) throws(ToolFault) -> APNsProviderKey {
        let parts = value.split(separator: ":", maxSplits: 2).map(String.init)
        guard parts.count == 3 else { throw ToolFault("--provider-key takes KEYID:TEAMID:FILE, not \(value)") }
        return APNsProviderKey(keyID: parts[0], teamID: parts[1], publicKey: try InputFile.text(parts[2]))
    }

    /// What the simulator is made with.
    func configuration() throws(ToolFault) -> APNsSimulatorConfiguration {
        guard let certificate, let key else { throw ToolFault("--certificate and --key are needed; see apns --help") }
        guard !clientAuthorities.isEmpty else { throw ToolFault("--client-ca is needed; see apns --help") }
        return APNsSimulatorConfiguration(
            address: address, port: port, controlPort: controlPort,
            identity: TLSIdentity(certificateChain: certificate, privateKey: key),
            clientAuthorities: clientAuthorities.joined(separator: "\n"),
            refusesCertificatesInHandshake: refusesInHandshake, providerKeys: providerKeys,
            maximumConcurrentStreams: maximumStreams, resetAllowance: resets,
            acceptsKnownTokensOnly: acceptsKnownTokensOnly, isSink: isSink)
    }
}
