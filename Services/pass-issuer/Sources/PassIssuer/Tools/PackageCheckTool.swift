import Contracts
import Cryptography
import HTTPTypes
import JSON
import ServiceKit
import ToolSupport

/// `pass-issuer check FILE`: what is wrong with a package, without any server.
enum PackageCheckTool {
    static let tool = ServiceTool(
        name: "check", arguments: "FILE.pkpass [--root FILE] [--json]",
        help: "say what is wrong with a package, what phones do about it, and how to mend it; 1 when they refuse it"
    ) { arguments in
        run(arguments, now: Instant.now())
    }

    static func run(_ arguments: [String], now: Instant) -> ServiceTool.Outcome {
        let line = ToolArguments(arguments, options: ["--root"], flags: ["--json"])
        guard let line, line.files.count == 1 else {
            return .usage("usage: pass-issuer check FILE.pkpass [--root FILE] [--json]")
        }
        do throws(ToolFault) {
            let authorities = try line.option("--root").map(authorities) ?? .apple
            let bytes = try InputFile.read(line.files[0], limit: PackageChecker.maximumBytes)
            let report = PackageChecker(authorities: authorities, now: now.wholeSeconds).check(bytes)
            let output = line.flag("--json") ? json(report) : report.text
            return ServiceTool.Outcome(status: report.findings.holdsError ? 1 : 0, output: output)
        } catch {
            return ServiceTool.Outcome(
                status: 66, errors: "pass-issuer check: \(TerminalText.plain(error.description))\n")
        }
    }

    /// Believes the certificates of a file instead of Apple's.
    private static func authorities(_ path: String) throws(ToolFault) -> PassAuthorities {
        let bytes = try InputFile.read(path, limit: 1 << 20)
        let certificates = (try? Certificate.parseMany(bytes)) ?? []
        guard !certificates.isEmpty else { throw ToolFault("\(path) holds no certificate.") }
        return .others(certificates)
    }

    private static func json(_ report: PackageReport) -> String {
        // An answer of ours can always be written.
        guard let value = try? JSON.encodeToValue(PackageCheckAnswer(report)) else { return "{}\n" }
        return String(decoding: value.serializedPretty(), as: UTF8.self)
    }
}
