import Contracts
import HTTPServer
import HTTPTypes

extension HTTPRequest {
    /// A place of the path as an identifier; text outside its alphabet is 422 with the rule.
    func identifier<ID: Identifier>(_ name: String, as type: ID.Type = ID.self) throws(Problem) -> ID {
        let text = parameters[name] ?? ""
        guard let id = ID(rawValue: text) else { throw .unfit(text, expected: ID.rule) }
        return id
    }
}

extension Problem {
    /// Says that a part of the path can't be what it stands for.
    static func unfit(_ text: String, expected rule: String) -> Problem {
        Problem(.unprocessableContent, "The path holds \"\(text.prefix(80))\" where it needs \(rule).")
    }
}
