import Contracts
import GoogleBridge
import JSON

/// Measures what the mapping of one pass to Google's object costs, validation included: one line of JSON with the
/// nanoseconds of each kind.
@main
struct Main {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first, let passes = Int(arguments.dropFirst().first ?? "2000"), passes > 0 else {
            print("usage: google-mapping-benchmark <Tests/Fixtures/google> [passes of each kind]")
            return
        }
        var result = JSONObject()
        for kind in GooglePassKind.allCases {
            let subject = try Subject(file: "\(folder)/\(kind.rawValue).json", kind)
            _ = subject.nanoseconds(passes: passes / 10 + 1)
            result[kind.rawValue] = .number(JSONNumber(subject.nanoseconds(passes: passes)))
        }
        print(JSONValue.object(result))
    }
}
