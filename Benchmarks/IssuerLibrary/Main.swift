import FoundationEssentials
import Glibc
import HTTPTypes
import JSON
import PassIssuer

/// Measures what making packages and links costs in the library, without HTTP and database: one line of JSON.
@main
struct Main {
    static let usage = """
        usage: issuer-library-benchmark packages|links COUNT CAMPAIGN.json IMAGES CERTIFICATES
          CAMPAIGN.json  the body of a campaign's PUT
          IMAGES         a folder of PNG files named as in a package
          CERTIFICATES   what Scripts/certificates made
        """

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 5, let count = Int(arguments[1]), count > 0 else {
            print(usage)
            return
        }
        let issuing = try issuing(campaign: arguments[2], images: arguments[3], certificates: arguments[4])
        var nanoseconds = 0
        func measure(_ work: () throws -> Void) rethrows {
            let started = processorNanoseconds()
            try work()
            nanoseconds += processorNanoseconds() - started
        }
        var bytes = 0
        switch arguments[0] {
        case "packages":
            try measure { for number in 0..<count { bytes += try issuing.package(number).count } }
        case "links":
            for start in stride(from: 0, to: count, by: 10_000) {
                bytes += try issuing.links(start..<min(start + 10_000, count), measure: measure)
            }
        default:
            print(usage)
            return
        }
        print(#"{"count":\#(count),"nanoseconds":\#(nanoseconds),"bytes":\#(bytes)}"#)
    }

    /// The processor time of this process so far, as `openssl speed` counts it.
    private static func processorNanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private static func issuing(campaign: String, images: String, certificates: String) throws -> MeasuredIssuing {
        let pictures = try FileManager.default.contentsOfDirectory(atPath: images).sorted().map { file in
            (file: file, bytes: Array(try Data(contentsOf: URL(filePath: "\(images)/\(file)"))))
        }
        func pem(_ file: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(filePath: "\(certificates)/\(file)")), as: UTF8.self)
        }
        return try MeasuredIssuing(
            definition: try JSON.parse(Array(try Data(contentsOf: URL(filePath: campaign)))), images: pictures,
            certificate: try pem("pass.pem"), privateKey: try pem("pass.key.pem"),
            intermediate: try pem("intermediate.pem"), at: .now())
    }
}
