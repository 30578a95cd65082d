import JSON

extension StringsFile {
    /// Reads a file as phones do: UTF-8 or UTF-16, `"text" = "translation";` with comments, escapes and words without
    /// quotation marks (the strings format of old property lists).
    static func read(_ bytes: [UInt8]) throws(StringsFault) -> StringsContent {
        let file = TextFile(bytes)
        if file.text.hasPrefix("bplist") || file.text.hasPrefix("<?xml") || file.text.hasPrefix("<plist") {
            throw StringsFault(line: 1, reason: "this is a property list of another kind, not a file of strings")
        }
        var reader = StringsReader(file.text)
        try reader.read()
        var repairs = reader.repairs
        if file.encoding == .latin1 {
            repairs.insert("It is neither UTF-8 nor UTF-16 and was read as ISO 8859-1.", at: 0)
        } else if !file.isWhole {
            repairs.insert("Characters that can't be read became U+FFFD.", at: 0)
        }
        return StringsContent(translations: reader.translations, repairs: repairs, encoding: file.encoding)
    }
}
