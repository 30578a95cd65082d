/// A string of a template, taken apart into what is literal and what are tokens.
struct TemplateText: Hashable, Sendable {
    /// A part of the text.
    enum Segment: Hashable, Sendable {
        case literal(String)
        case token(TokenPath)
    }

    /// The parts in their order; no two literals follow each other.
    let segments: [Segment]

    /// Reads a string: `{{path}}` is a token, `{{{{` a literal `{{`.
    init(parsing text: String) throws(TemplateTextError) {
        guard Self.holdsBraces(text) else {
            segments = [.literal(text)]
            return
        }
        var parser = Parser(bytes: Array(text.utf8))
        segments = try parser.parse()
    }

    /// The text without its escapes, when it holds no token.
    var literal: String? {
        switch segments.count {
        case 0: ""
        case 1: if case .literal(let text) = segments[0] { text } else { nil }
        default: nil
        }
    }

    /// The token, when the whole text is exactly one.
    var soleToken: TokenPath? {
        if segments.count == 1, case .token(let path) = segments[0] { path } else { nil }
    }

    /// Whether a text holds `{{` at all; most do not.
    private static func holdsBraces(_ text: String) -> Bool {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == Parser.open, previous == Parser.open { return true }
            previous = byte
        }
        return false
    }

    private struct Parser {
        static let open = UInt8(ascii: "{")
        static let close = UInt8(ascii: "}")

        let bytes: [UInt8]
        var index = 0
        var literal: [UInt8] = []
        var segments: [Segment] = []

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        mutating func parse() throws(TemplateTextError) -> [Segment] {
            while index < bytes.count {
                if isRun(of: Self.open, length: 4) {
                    literal += [Self.open, Self.open]
                    index += 4
                } else if isRun(of: Self.open, length: 2) {
                    index += 2
                    try parseToken()
                } else {
                    literal.append(bytes[index])
                    index += 1
                }
            }
            endLiteral()
            return segments
        }

        private func isRun(of byte: UInt8, length: Int) -> Bool {
            index + length <= bytes.count && bytes[index..<(index + length)].allSatisfy { $0 == byte }
        }

        private mutating func endLiteral() {
            guard !literal.isEmpty else { return }
            segments.append(.literal(String(decoding: literal, as: UTF8.self)))
            literal = []
        }

        private mutating func parseToken() throws(TemplateTextError) {
            let start = index
            while index < bytes.count, !isRun(of: Self.close, length: 2) {
                guard bytes[index] != Self.open, bytes[index] != Self.close else { throw .strayBrace }
                index += 1
            }
            guard index < bytes.count else { throw .unclosed }
            let content = Self.trimmed(bytes[start..<index])
            index += 2
            do throws(TokenPathError) {
                let path = try TokenPath(parsing: String(decoding: content, as: UTF8.self))
                endLiteral()
                segments.append(.token(path))
            } catch {
                throw .path(error)
            }
        }

        private static func trimmed(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
            let isSpace: (UInt8) -> Bool = { $0 == 0x20 || 0x09...0x0D ~= $0 }
            var content = content.drop(while: isSpace)
            while let last = content.last, isSpace(last) { content.removeLast() }
            return content
        }
    }
}

extension TemplateText {
    /// What a template must hold so that a text comes out of it unchanged.
    static func escaping(_ text: String) -> String {
        guard holdsBraces(text) else { return text }
        var output: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index] == Parser.open, index + 1 < bytes.count, bytes[index + 1] == Parser.open {
                output += [Parser.open, Parser.open, Parser.open, Parser.open]
                index += 2
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
