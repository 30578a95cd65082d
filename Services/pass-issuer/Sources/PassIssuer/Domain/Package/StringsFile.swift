import JSON

/// The file of translations in a language's folder.
///
/// It is UTF-8: what today's working generators emit and phones read. UTF-16 was the custom of old tools; it doubles the
/// file and gains nothing.
enum StringsFile {
    /// The path of a language's file in the package.
    static func path(language: String) -> String { "\(language).lproj/pass.strings" }

    /// The file's bytes: `"text" = "translation";`, a line each, sorted by text.
    static func bytes(_ translations: JSONObject) -> [UInt8] {
        var output: [UInt8] = []
        for (text, translation) in translations {
            append(text, to: &output)
            output += " = ".utf8
            append(Self.text(of: translation), to: &output)
            output += ";\n".utf8
        }
        return output
    }

    /// A file of strings knows nothing else, so numbers and booleans are written as text.
    private static func text(of value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: ""
        }
    }

    /// One bad character and the phone refuses the whole pass.
    private static func append(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): output += #"\""#.utf8
            case UInt8(ascii: "\\"): output += #"\\"#.utf8
            case UInt8(ascii: "\n"): output += #"\n"#.utf8
            case UInt8(ascii: "\r"): output += #"\r"#.utf8
            case UInt8(ascii: "\t"): output += #"\t"#.utf8
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                output += (#"\U"# + String(repeating: "0", count: 4 - digits.count) + digits).utf8
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
