/// Takes secrets out of a line while leaving enough of each to tell one from another.
enum DeviceLogMask {
    /// A run of this many identifier characters with a digit among them is taken for an identifier or token.
    private static let suspiciousLength = 20
    private static let shownLength = 4

    /// The line with the given secrets, and everything that looks like one, masked.
    static func apply(to line: String, secrets: [String]) -> String {
        // The longest first: one secret may be the beginning of another.
        let named = secrets.sorted { $0.count > $1.count }.reduce(line) { masking($1, in: $0) }
        return maskingRuns(in: named)
    }

    private static func masked(_ secret: some StringProtocol) -> String {
        secret.count >= 3 * shownLength ? "\(secret.prefix(shownLength))…" : "…"
    }

    private static func masking(_ secret: String, in line: String) -> String {
        var text = ""
        var rest = line[...]
        while let range = rest.firstRange(of: secret) {
            text += rest[..<range.lowerBound]
            // A short serial number such as 7 must not blacken every number of the line.
            let standsAlone =
                !(text.last.map(isIdentifierCharacter) ?? false)
                && !(range.upperBound < line.endIndex && isIdentifierCharacter(line[range.upperBound]))
            text += standsAlone ? masked(secret) : secret
            rest = rest[range.upperBound...]
        }
        return text + rest
    }

    private static func maskingRuns(in line: String) -> String {
        var text = ""
        var rest = line[...]
        while !rest.isEmpty {
            let run = rest.prefix(while: isIdentifierCharacter)
            if run.isEmpty {
                text.append(rest.removeFirst())
                continue
            }
            text += run.count >= suspiciousLength && run.contains(where: \.isNumber) ? masked(run) : String(run)
            rest = rest[run.endIndex...]
        }
        return text
    }

    private static func isIdentifierCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }
}
