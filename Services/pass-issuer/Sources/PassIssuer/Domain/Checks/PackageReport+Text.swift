import HTTPTypes

extension PackageReport {
    /// The report for a person at the command line.
    var text: String {
        var lines: [String] = []
        for pass in passes { lines += [Self.line(of: pass), ""] }
        for finding in findings { lines += Self.lines(of: finding) + [""] }
        lines.append(verdict)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(of pass: Pass) -> String {
        let parts = [
            pass.file, pass.style?.rawValue, pass.passTypeIdentifier, pass.teamIdentifier,
            pass.serialNumber.map { "serial number \($0)" },
            pass.signedAt.map { "signed \(Instant(seconds: $0).rfc3339)" },
            pass.certificate.map { "certificate until \(Instant(seconds: $0.notAfter).rfc3339)" },
        ]
        return parts.compactMap(\.self).map(TerminalText.plain).joined(separator: ", ")
    }

    private static func lines(of finding: Finding) -> [String] {
        let place = [finding.file, finding.pointer.map { "\($0)" }].compactMap(\.self).filter { !$0.isEmpty }
        var lines = [
            "\(TerminalText.plain(finding.severity.word))  \(TerminalText.plain(place.joined(separator: " ")))",
            "    " + TerminalText.plain(finding.reason), "    " + finding.effect.sentence,
        ]
        if let remedy = finding.remedy { lines.append("    → " + TerminalText.plain(remedy)) }
        return lines
    }

    private var verdict: String {
        let counts = [Finding.Severity.error, .warning, .information].map { severity in
            findings.count { $0.severity == severity }
        }
        let summary =
            "\(Self.count(counts[0], "error")), \(Self.count(counts[1], "warning")), \(Self.count(counts[2], "note"))"
        return counts[0] > 0
            ? "\(summary): phones refuse this, or lose something of it." : "\(summary): phones take this."
    }

    private static func count(_ number: Int, _ word: String) -> String {
        "\(number) \(word)\(number == 1 ? "" : "s")"
    }
}

extension Finding.Severity {
    /// For people.
    var word: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .information: "note"
        }
    }
}
