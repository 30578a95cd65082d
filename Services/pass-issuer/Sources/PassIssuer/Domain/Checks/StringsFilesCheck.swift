import Contracts
import JSON

/// The translations of a package: files of strings that phones can read, and texts that are there.
enum StringsFilesCheck {
    static func check(_ archive: PackageArchive, _ pass: JSONObject?, _ findings: inout [Finding]) {
        var localizations = JSONObject()
        for path in archive.paths where path.hasSuffix("pass.strings") {
            guard path.hasSuffix(".lproj/pass.strings"), !path.dropLast(19).contains("/") else {
                findings.append(
                    Finding(
                        .warning, path, "Strings are read from language folders alone.", .ignores,
                        "Move it to a folder such as de.lproj."))
                continue
            }
            let language = String(path.dropLast(".lproj/pass.strings".count))
            if let translations = read(archive.file(path) ?? [], path, &findings) {
                localizations[language] = .object(translations)
            }
        }
        guard let pass else { return }
        for fault in LocalizationCheck.faults(of: localizations, for: .object(pass), in: .package) {
            let language = fault.pointer.tokens.dropFirst().first ?? ""
            findings.append(Finding(fault, in: "\(language).lproj/pass.strings", dropping: 2))
        }
    }

    private static func read(_ bytes: [UInt8], _ path: String, _ findings: inout [Finding]) -> JSONObject? {
        do throws(StringsFault) {
            let content = try StringsFile.read(bytes)
            for repair in content.repairs {
                findings.append(
                    Finding(
                        .warning, path, repair, .refusesOrLeavesOut, "Write \"text\" = \"translation\"; on each line."))
            }
            return content.translations
        } catch {
            findings.append(
                Finding(
                    .error, path, "The file can't be read: \(error).", .refusesOrLeavesOut,
                    "Write \"text\" = \"translation\"; on each line, with \\\" for a quotation mark."))
            return nil
        }
    }
}
