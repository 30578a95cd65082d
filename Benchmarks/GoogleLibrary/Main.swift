import Contracts
import FoundationEssentials
import Glibc
import GoogleBridge
import HTTPTypes
import JSON

/// Measures what Google's side costs in the library, without HTTP and database: one line of JSON.
@main
struct Main {
    static let usage = """
        usage: google-library-benchmark mapping COUNT FIXTURES   nanoseconds for one pass of each kind, validation included
               google-library-benchmark links COUNT KEY.pem      save links, in processor time
          FIXTURES  the folder Tests/Fixtures/google
          KEY.pem   an RSA key
        """

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 3, let count = Int(arguments[1]), count > 0 else {
            print(usage)
            return
        }
        switch arguments[0] {
        case "mapping": print(try mapping(count, fixtures: arguments[2]))
        case "links": print(try links(count, key: arguments[2]))
        default: print(usage)
        }
    }

    private static func mapping(_ passes: Int, fixtures: String) throws -> JSONValue {
        var result = JSONObject()
        for kind in GooglePassKind.allCases {
            let subject = try Subject(file: "\(fixtures)/\(kind.rawValue).json", kind)
            // The first passes warm caches up.
            _ = subject.nanoseconds(passes: passes / 10 + 1)
            result[kind.rawValue] = .number(JSONNumber(subject.nanoseconds(passes: passes)))
        }
        return .object(result)
    }

    private static func links(_ count: Int, key: String) throws -> JSONValue {
        let pem = String(decoding: try Data(contentsOf: URL(filePath: key)), as: UTF8.self)
        let links = try MeasuredSaveLinks(privateKey: pem, at: .now())
        var bytes = 0
        let started = processorNanoseconds()
        for number in 0..<count { bytes += try links.url(number).utf8.count }
        let nanoseconds = processorNanoseconds() - started
        return [
            "count": .number(JSONNumber(count)), "nanoseconds": .number(JSONNumber(nanoseconds)),
            "bytes": .number(JSONNumber(bytes)),
        ]
    }

    /// The processor time of this process so far, as `openssl speed` counts it.
    private static func processorNanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
