import HTTPTypes
import ServiceKit
import ToolSupport

/// `pass-issuer check-certificate FILE`: what a file is, whether passes can be signed with it, and what to do if not.
enum CertificateCheckTool {
    static let tool = ServiceTool(
        name: "check-certificate", arguments: "FILE [--password-file FILE]",
        help: "explain a certificate or key file of any kind; 1 when passes can't be signed with it"
    ) { arguments in
        run(arguments, now: Instant.now())
    }

    static func run(_ arguments: [String], now: Instant) -> ServiceTool.Outcome {
        guard let line = ToolArguments(arguments, options: ["--password-file"], flags: []), line.files.count == 1 else {
            return .usage("usage: pass-issuer check-certificate FILE [--password-file FILE]")
        }
        do throws(ToolFault) {
            let bytes = try InputFile.read(line.files[0], limit: 4 << 20)
            let report = CredentialReport(
                bytes, password: try line.option("--password-file").map(password), now: now.wholeSeconds)
            return ServiceTool.Outcome(
                status: report.isUsable ? 0 : 1, output: TerminalText.plain(line.files[0]) + ":\n" + report.text)
        } catch {
            return ServiceTool.Outcome(
                status: 66, errors: "pass-issuer check-certificate: \(TerminalText.plain(error.description))\n")
        }
    }

    /// The first line of a file: an argument would be seen by others.
    private static func password(_ path: String) throws(ToolFault) -> String {
        let bytes = try InputFile.read(path, limit: 64 << 10)
        return String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    }
}
