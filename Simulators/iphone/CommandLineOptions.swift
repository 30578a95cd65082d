/// What the command line asks for.
struct CommandLineOptions {
    /// A command with its argument.
    enum Command: Equatable {
        case add(link: String)
        case refresh
        case watch
        case show
        case remove(serialNumber: String)
        case personalize(serialNumber: String, entered: [String: String])
        case help
    }

    /// Something on the command line is wrong.
    struct Fault: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }

    static let help = """
        iphone: a simulated iPhone, with a wallet in a directory

        iphone add LINK        opens a link as Safari does, examines the pass as Wallet does, registers it
        iphone refresh         asks each web service what changed and fetches it; repeats what failed before
        iphone watch           waits for a push, asks what changed, fetches it; ends when a pass was updated
        iphone show            the passes and web services that the phone knows
        iphone remove SERIAL   deletes a pass and unregisters it
        iphone personalize SERIAL KEY=TEXT …
                               fills in the form of a pass, such as emailAddress=ada@example.com, and fetches the new one

        --wallet DIR     where the wallet lies (default: ./wallet)
        --ca FILE        root certificates (PEM) that pass signatures must lead to; without it chains are not checked
        --tls-ca FILE    root certificates (PEM) for https instead of the system's
        --apns URL       the control interface of the simulated APNs, which gives push tokens out and tells of pushes;
                         without it the phone invents its tokens and no push ever comes
        --within SECONDS how long to watch (default: 60)
        --require-https  refuses passes whose web service is plain http, as a phone without the developer setting

        Each HTTP exchange is one line: method, path, status, duration, what it means.
        Exit status: 0 done, 1 refused or failed, 64 wrong usage.
        """

    var command = Command.help
    var wallet = "wallet"
    var authorities: String?
    var tlsAuthorities: String?
    var requiresHTTPS = false
    var pushService: String?
    var watchSeconds = 60

    init(_ arguments: [String]) throws(Fault) {
        var words: [String] = []
        var rest = arguments[...]
        func value(of option: String) throws(Fault) -> String {
            guard let value = rest.popFirst() else { throw Fault("\(option) needs a value") }
            return value
        }
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h": return
            case "--wallet": wallet = try value(of: argument)
            case "--ca": authorities = try value(of: argument)
            case "--tls-ca": tlsAuthorities = try value(of: argument)
            case "--apns": pushService = try value(of: argument)
            case "--within": watchSeconds = try Self.seconds(try value(of: argument))
            case "--require-https": requiresHTTPS = true
            default:
                guard !argument.hasPrefix("--") else { throw Fault("unknown option \(argument); see iphone --help") }
                words.append(argument)
            }
        }
        command = try Self.command(words)
    }

    private static func seconds(_ text: String) throws(Fault) -> Int {
        guard let seconds = Int(text), (1...86_400).contains(seconds) else {
            throw Fault("--within takes 1 to 86400 seconds, not \(text)")
        }
        return seconds
    }

    private static func entered(_ words: some Sequence<String>) throws(Fault) -> [String: String] {
        var entered: [String: String] = [:]
        for word in words {
            guard let sign = word.firstIndex(of: "="), sign > word.startIndex else {
                throw Fault("personalize takes KEY=TEXT, not \(word)")
            }
            entered[String(word[..<sign])] = String(word[word.index(after: sign)...])
        }
        return entered
    }

    private static func command(_ words: [String]) throws(Fault) -> Command {
        switch (words.first, words.count) {
        case ("add"?, 2): .add(link: words[1])
        case ("refresh"?, 1): .refresh
        case ("watch"?, 1): .watch
        case ("show"?, 1): .show
        case ("remove"?, 2): .remove(serialNumber: words[1])
        case ("help"?, 1), (nil, _): .help
        case ("personalize"?, 3...): .personalize(serialNumber: words[1], entered: try entered(words.dropFirst(2)))
        default: throw Fault("cannot understand \(words.joined(separator: " ")); see iphone --help")
        }
    }
}
