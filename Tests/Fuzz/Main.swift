import Cryptography
import Glibc
import ToolSupport

/// Hands changed inputs to one reader, one after the other; `Scripts/fuzz` runs it, and keeps the input that it dies of.
@main
struct Main {
    private static let usage = """
        usage: fuzz list                                   the readers
               fuzz run READER SEED SECONDS CURRENT [FILE…]  changed inputs for some seconds; each is first written to CURRENT
               fuzz read READER FILE                       one input
        """

    /// The longest that one input may take; the alarm ends the process.
    private static let secondsOfInput: UInt32 = 10
    private static let longestFile = 32 << 20

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "list" where arguments.count == 1:
            for target in FuzzTarget.allCases { print(target.rawValue) }
        case "read" where arguments.count == 3:
            guard let target = FuzzTarget(rawValue: arguments[1]) else { return fail() }
            alarm(secondsOfInput)
            target.read(try InputFile.read(arguments[2], limit: longestFile), keys: try keys())
        case "run" where arguments.count >= 5:
            guard let target = FuzzTarget(rawValue: arguments[1]), let seed = UInt64(arguments[2]),
                let seconds = Int(arguments[3])
            else { return fail() }
            let files = try arguments.dropFirst(5).map { try InputFile.read($0, limit: longestFile) }
            try run(target, Corpus(files + target.seeds), seed, seconds, current: arguments[4])
        default: fail()
        }
    }

    private static func run(
        _ target: FuzzTarget, _ corpus: Corpus, _ seed: UInt64, _ seconds: Int, current: String
    ) throws {
        let file = open(current, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw ToolFault("\(current) can't be written.") }
        let keys = try keys()
        var mutator = Mutator(seed: seed)
        let end = ContinuousClock.now + .seconds(seconds)
        var count = 0
        while ContinuousClock.now < end {
            let input = corpus.next(&mutator)
            guard ftruncate(file, 0) == 0, pwrite(file, input, input.count, 0) == input.count else {
                throw ToolFault("\(current) can't be written.")
            }
            alarm(secondsOfInput)
            target.read(input, keys: keys)
            count += 1
        }
        var use = rusage()
        getrusage(numericCast(RUSAGE_SELF.rawValue), &use)
        print("\(count) inputs, \(use.ru_maxrss >> 10) MiB")
    }

    private static func keys() throws -> KeyRing {
        try KeyRing(parsing: "k1:" + Base64.encode([UInt8](0..<32)))
    }

    private static func fail() {
        Terminal.write(usage, to: STDERR_FILENO)
        exit(64)
    }
}
