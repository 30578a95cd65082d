import Foundation
import Support

/// A module of the console, read as far as it takes to find the addresses in it.
struct ConsoleScript {
    /// A piece of a template: what is written, or where an expression stands.
    enum Piece {
        case text(String)
        case expression(Range<String.Index>)
    }

    /// Its path below `Console/`.
    let name: String
    /// Its text without comments.
    let text: String

    /// All modules of the console.
    static func all() throws -> [ConsoleScript] {
        let folder = "\(Checkout.path)/Services/pass-issuer/Console"
        return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".js") }.sorted().map {
            ConsoleScript($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8))
        }
    }

    /// Takes the text of a module.
    init(_ name: String, _ source: String) {
        self.name = name
        text = ConsoleScript(name: name, text: source).withoutComments()
    }

    private init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// Where the texts and templates are, those in templates too.
    var literals: [Range<String.Index>] { literals(in: text.startIndex..<text.endIndex) }

    /// The expressions between brackets or up to a semicolon, as commas part them.
    func expressions(from start: String.Index) -> [Substring] {
        var found: [Substring] = []
        var begin = start
        var place = start
        while place < text.endIndex, !")]};".contains(text[place]) {
            if text[place] == "," {
                found.append(text[begin..<place])
                begin = text.index(after: place)
            }
            place = end(of: place) ?? text.index(after: place)
        }
        return found + [text[begin..<place]]
    }

    /// The pieces of a template that begins at an index.
    func pieces(of start: String.Index) -> [Piece] {
        var found: [Piece] = []
        var written = ""
        var place = text.index(after: start)
        while place < text.endIndex, text[place] != "`" {
            if text[place...].hasPrefix("${"), let behind = end(of: text.index(after: place)) {
                found += [.text(written), .expression(text.index(place, offsetBy: 2)..<text.index(before: behind))]
                written = ""
                place = behind
            } else {
                written.append(text[place])
                place = text.index(after: place)
            }
        }
        return found + [.text(written)]
    }

    /// The index behind the text, template or bracket that begins at an index; nil when none begins there.
    func end(of start: String.Index) -> String.Index? {
        switch text[start] {
        case "\"":
            var place = text.index(after: start)
            while place < text.endIndex, text[place] != "\"", !text[place].isNewline {
                place =
                    text.index(place, offsetBy: text[place] == "\\" ? 2 : 1, limitedBy: text.endIndex) ?? text.endIndex
            }
            return place < text.endIndex && text[place] == "\"" ? text.index(after: place) : nil
        case "`": return endOfInside(start, closers: "`") { $0.hasPrefix("${") ? 1 : nil }
        case "(", "[", "{": return endOfInside(start, closers: ")]}") { _ in 0 }
        default: return nil
        }
    }

    /// The index behind the first of the closers; what begins at an offset from where one looks is passed over.
    private func endOfInside(
        _ start: String.Index, closers: String, opens: (Substring) -> Int?
    ) -> String.Index? {
        var place = text.index(after: start)
        while place < text.endIndex, !closers.contains(text[place]) {
            let inner = opens(text[place...]).map { text.index(place, offsetBy: $0) }
            place = inner.flatMap { end(of: $0) } ?? text.index(after: place)
        }
        return place < text.endIndex ? text.index(after: place) : nil
    }

    private func literals(in range: Range<String.Index>) -> [Range<String.Index>] {
        var found: [Range<String.Index>] = []
        var place = range.lowerBound
        while place < range.upperBound {
            guard "\"`".contains(text[place]), let behind = end(of: place) else {
                place = text.index(after: place)
                continue
            }
            found.append(place..<behind)
            if text[place] == "`" {
                for case .expression(let inner) in pieces(of: place) { found += literals(in: inner) }
            }
            place = behind
        }
        return found
    }

    private func withoutComments() -> String {
        var kept = ""
        var place = text.startIndex
        while place < text.endIndex {
            if text[place...].hasPrefix("//") {
                place = text[place...].firstIndex(where: \.isNewline) ?? text.endIndex
            } else if text[place...].hasPrefix("/*") {
                place = text.range(of: "*/", range: place..<text.endIndex)?.upperBound ?? text.endIndex
            } else {
                let behind = ("\"`".contains(text[place]) ? end(of: place) : nil) ?? text.index(after: place)
                kept += text[place..<behind]
                place = behind
            }
        }
        return kept
    }
}
