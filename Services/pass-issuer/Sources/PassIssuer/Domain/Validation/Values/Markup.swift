/// The markup that an attributed value may hold: links.
enum Markup {
    /// The first tag that is neither `<a href=…>` nor `</a>`; nil when there is none.
    static func firstForbiddenTag(in text: String) -> String? {
        var rest = text[...]
        while let open = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: open)...]
            guard let next = rest.first, next.isLetter || next == "/" || next == "!" else { continue }
            let end = rest.firstIndex(of: ">") ?? rest.endIndex
            let tag = rest[..<end]
            if !isLink(tag) { return "<\(tag)>" }
            rest = rest[end...]
        }
        return nil
    }

    private static func isLink(_ tag: Substring) -> Bool {
        let lowered = tag.lowercased()
        if lowered == "/a" { return true }
        guard lowered.hasPrefix("a"), lowered.dropFirst().first?.isWhitespace == true else { return false }
        return lowered.dropFirst().drop(while: \.isWhitespace).hasPrefix("href")
    }
}
