import Foundation
import Support

/// What addresses expressions come to.
extension ConsoleScript {
    /// An address with `{}` where a part of it is put in, and the names of its query.
    struct Address: Hashable {
        var path: String
        var query: [String] = []
    }

    /// The addresses that an expression comes to, one unless it is chosen from an object.
    ///
    /// A part that differs is put in by `api.part` alone; everything else has to be written out in the module.
    func addresses(of expression: Substring) throws -> [Address] {
        let expression = expression.trimmed
        guard let first = expression.first else { throw ProgramFailure(description: "\(name): no address") }
        if let behind = end(of: expression.startIndex), behind != expression.endIndex {
            throw ProgramFailure(description: "\(name): \(expression) is put together")
        }
        switch first {
        case "\"": return [Self.address(of: String(expression.dropFirst().dropLast()))]
        case "`": return [try template(at: expression.startIndex)]
        case "{":
            let inside = text.index(after: expression.startIndex)
            return try expressions(from: inside).filter { !$0.trimmed.isEmpty }.flatMap { pair in
                try addresses(of: pair.split(separator: ": ", maxSplits: 1).last ?? pair)
            }
        default: return try addresses(of: definition(of: expression))
        }
    }

    /// The names of the query that an object holds.
    func queryNames(of object: Substring) throws -> [String] {
        let object = object.trimmed
        guard object.first == "{" else { throw ProgramFailure(description: "\(name): \(object) is no query") }
        return expressions(from: text.index(after: object.startIndex)).map(\.trimmed).filter { !$0.isEmpty }.map {
            pair in
            String(pair.prefix { $0 != ":" })
        }
    }

    private func template(at start: String.Index) throws -> Address {
        var written = ""
        for piece in pieces(of: start) {
            switch piece {
            case .text(let text): written += text
            case .expression where written.contains("?"): continue
            case .expression(let range):
                let expression = text[range].trimmed
                if expression.hasPrefix("api.part(") {
                    written += "{}"
                } else {
                    let found = try addresses(of: expression)
                    guard found.count == 1, found[0].query.isEmpty else {
                        throw ProgramFailure(description: "\(name): \(expression) is not one path")
                    }
                    written += found[0].path
                }
            }
        }
        return Self.address(of: written)
    }

    private static func address(of written: String) -> Address {
        let parts = written.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = parts.count < 2 ? [] : parts[1].split(separator: "&").filter { $0.contains("=") }
        return Address(
            path: String(parts[0]).replacing(/\{[^}]*\}/, with: "{}"),
            query: query.map { String($0.prefix { $0 != "=" }) })
    }

    /// What a name was last defined as before it is used; the body of what is called.
    private func definition(of use: Substring) throws -> Substring {
        let word = use.prefix { $0.isLetter || $0 == "." }
        guard word.endIndex == use.endIndex || end(of: word.endIndex) == use.endIndex else {
            throw ProgramFailure(description: "\(name): \(use) is put together")
        }
        if word.hasPrefix("this."), let getter = text.range(of: "get \(word.dropFirst(5))() { return ") {
            return expressions(from: getter.upperBound)[0]
        }
        let before = text.startIndex..<use.startIndex
        guard !word.isEmpty, let found = text.range(of: "const \(word) = ", options: .backwards, range: before) else {
            throw ProgramFailure(description: "\(name): where \(use) leads is not written in it")
        }
        let body = text[found.upperBound...]
        if body.first == "(", let end = end(of: body.startIndex), text[end...].hasPrefix(" => ") {
            return expressions(from: text.index(end, offsetBy: 4))[0]
        }
        return expressions(from: body.startIndex)[0]
    }
}

extension Substring {
    /// Without the white space around it.
    var trimmed: Substring {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
