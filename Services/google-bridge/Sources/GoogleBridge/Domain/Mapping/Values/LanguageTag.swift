/// Languages of pass.json's folders as tags of BCP 47.
enum LanguageTag {
    /// The tag of a folder's name, `pt_BR` or `zh-Hans`; nil when it names no language.
    static func tag(_ name: String) -> String? {
        if let tag = oldNames[name.lowercased()] { return tag }
        var parts = name.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }.map(String.init)
        guard let language = parts.first, 2...3 ~= language.utf8.count, language.utf8.allSatisfy(isLetter) else {
            return nil
        }
        parts[0] = language.lowercased()
        for index in parts.indices.dropFirst() {
            let part = parts[index]
            guard 2...8 ~= part.utf8.count, part.utf8.allSatisfy({ isLetter($0) || isDigit($0) }) else { return nil }
            switch part.utf8.count {
            case 2: parts[index] = part.uppercased()
            case 4 where part.utf8.allSatisfy(isLetter):
                parts[index] = part.prefix(1).uppercased() + part.dropFirst().lowercased()
            default: parts[index] = part.lowercased()
            }
        }
        return parts.joined(separator: "-")
    }

    /// The language of a tag, `pt` of `pt-BR`.
    static func language(of tag: String) -> String {
        String(tag.prefix { $0 != "-" })
    }

    /// What folders were named by once; phones still read them.
    private static let oldNames = [
        "english": "en", "german": "de", "french": "fr", "japanese": "ja", "italian": "it", "spanish": "es",
        "dutch": "nl",
    ]

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
