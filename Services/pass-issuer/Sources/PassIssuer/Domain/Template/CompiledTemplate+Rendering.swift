import Contracts
import JSON

extension CompiledTemplate {
    /// The value for one pass; throws every token that can't be filled.
    ///
    /// Values are data: braces in them are text and are never read again.
    func render(_ values: TokenValues, _ rule: TokenRule = TokenRule()) throws(TemplateFaults) -> JSONValue {
        if case .constant(let value) = root { return value }
        var renderer = Renderer(values: values, rule: rule, path: pointer.tokens)
        let value = renderer.value(of: root)
        guard renderer.faults.isEmpty else { throw TemplateFaults(faults: renderer.faults) }
        return value
    }

    private struct Renderer {
        let values: TokenValues
        let rule: TokenRule
        var path: [String]
        var faults: [PassFault] = []

        init(values: TokenValues, rule: TokenRule, path: [String]) {
            self.values = values
            self.rule = rule
            self.path = path
        }

        mutating func value(of node: Node) -> JSONValue {
            switch node {
            case .constant(let value):
                return value
            case .token(let token):
                return filled(token) ?? .string(rule.placeholder)
            case .text(let segments):
                return .string(text(of: segments))
            case .array(let nodes):
                var elements: [JSONValue] = []
                elements.reserveCapacity(nodes.count)
                for (index, node) in nodes.enumerated() {
                    elements.append(below(String(index), node))
                }
                return .array(elements)
            case .object(var object, let others):
                for (key, node) in others {
                    object[key] = below(key, node)
                }
                return .object(object)
            }
        }

        private mutating func below(_ step: String, _ node: Node) -> JSONValue {
            if case .constant(let value) = node { return value }
            path.append(step)
            defer { path.removeLast() }
            return value(of: node)
        }

        private mutating func filled(_ token: TokenPath) -> JSONValue? {
            if let value = rule.value(of: token, in: values) { return value }
            if rule.onMissing == .reject {
                fault(
                    "The token \(token) has no value.",
                    "Send \(token), give it a default, or set tokens.onMissing to \"empty\".")
            }
            return nil
        }

        private mutating func text(of segments: [TemplateText.Segment]) -> String {
            var text = ""
            for segment in segments {
                switch segment {
                case .literal(let literal): text += literal
                case .token(let token): text += filled(token).map { part(of: $0, token) } ?? rule.placeholder
                }
            }
            return text
        }

        private mutating func part(of value: JSONValue, _ token: TokenPath) -> String {
            switch value {
            case .string(let text): return text
            case .number(let number): return number.text
            case .bool(let value): return value ? "true" : "false"
            case .null: return ""
            case .array, .object:
                fault(
                    "The value of \(token) is an object or an array and stands inside a longer text.",
                    "Reach into it with a longer path, or let the token be the whole string.")
                return ""
            }
        }

        private mutating func fault(_ reason: String, _ remedy: String) {
            faults.append(PassFault(JSONPointer(tokens: path), reason, remedy))
        }
    }
}
