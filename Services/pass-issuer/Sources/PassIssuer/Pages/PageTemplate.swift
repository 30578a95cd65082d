/// A file of `Pages/` with places for values.
///
/// `{{name}}` is the place of a value, and escapes texts whatever they hold. `{{#name}}…{{/name}}` stands once for each
/// record of that name, and `{{^name}}…{{/name}}` where there is none. A record sees the names around it.
struct PageTemplate: Sendable {
    /// A piece of the file.
    private indirect enum Piece: Sendable {
        case literal(String)
        case place(String)
        case each(String, [Piece])
        case unless(String, [Piece])
    }

    /// Every name in the file.
    let names: Set<String>
    /// Whether each part that begins also ends, and the other way round.
    let isBalanced: Bool
    private let pieces: [Piece]

    /// Reads a file; in one that is not balanced a part goes on to the end.
    init(_ source: String) {
        var reader = Reader(rest: source[...])
        var pieces = reader.pieces(of: nil)
        while !reader.rest.isEmpty { pieces += reader.pieces(of: nil) }
        self.pieces = pieces
        names = reader.names
        isBalanced = reader.isBalanced
    }

    /// The page with these values.
    func rendered(_ record: PageRecord) -> SafeMarkup {
        var output = ""
        Self.write(pieces, [record], to: &output)
        return SafeMarkup(own: output)
    }

    private static func write(_ pieces: [Piece], _ records: [PageRecord], to output: inout String) {
        for piece in pieces {
            switch piece {
            case .literal(let text): output += text
            case .place(let name):
                switch value(of: name, in: records) {
                case .text(let text): output += SafeMarkup(escaping: text).text
                case .markup(let markup): output += markup.text
                case .records, nil: break
                }
            case .each(let name, let part):
                guard case .records(let inner)? = value(of: name, in: records) else { continue }
                for record in inner { write(part, records + [record], to: &output) }
            case .unless(let name, let part):
                if case .records(let inner)? = value(of: name, in: records), !inner.isEmpty { continue }
                write(part, records, to: &output)
            }
        }
    }

    private static func value(of name: String, in records: [PageRecord]) -> PageValue? {
        for record in records.reversed() {
            if let value = record[name] { return value }
        }
        return nil
    }

    private struct Reader {
        var rest: Substring
        var names: Set<String> = []
        var isBalanced = true

        /// The pieces up to the end of a part, or to the end of the file.
        mutating func pieces(of part: String?) -> [Piece] {
            var pieces: [Piece] = []
            while let open = rest.firstRange(of: "{{") {
                pieces.append(.literal(String(rest[..<open.lowerBound])))
                let inner = rest[open.upperBound...]
                guard let close = inner.firstRange(of: "}}") else { break }
                let tag = inner[..<close.lowerBound]
                rest = inner[close.upperBound...]
                let name = String(tag.drop { "#^/".contains($0) })
                names.insert(name)
                switch tag.first {
                case "#": pieces.append(.each(name, self.pieces(of: name)))
                case "^": pieces.append(.unless(name, self.pieces(of: name)))
                case "/":
                    if name != part { isBalanced = false }
                    return pieces
                default: pieces.append(.place(name))
                }
            }
            if part != nil { isBalanced = false }
            pieces.append(.literal(String(rest)))
            rest = ""
            return pieces
        }
    }
}
