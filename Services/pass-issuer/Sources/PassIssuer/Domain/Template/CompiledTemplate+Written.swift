import JSON

extension CompiledTemplate {
    /// The template for a reader that fills no tokens: literal texts as people see them, texts with tokens as their
    /// author wrote them, and where the latter stand.
    func written() -> (value: JSONValue, tokenPointers: [JSONPointer]) {
        var writer = Writer(path: pointer.tokens)
        let value = writer.value(of: root)
        return (value, writer.pointers)
    }

    private struct Writer {
        var path: [String]
        var pointers: [JSONPointer] = []

        init(path: [String]) {
            self.path = path
        }

        mutating func value(of node: Node) -> JSONValue {
            switch node {
            case .constant(let value):
                return value
            case .token(let token):
                return text(Self.written(token))
            case .text(let segments):
                return text(segments.map(Self.written).joined())
            case .array(let nodes):
                var elements: [JSONValue] = []
                for (index, node) in nodes.enumerated() { elements.append(below(String(index), node)) }
                return .array(elements)
            case .object(var object, let others):
                for (key, node) in others { object[key] = below(key, node) }
                return .object(object)
            }
        }

        private mutating func below(_ step: String, _ node: Node) -> JSONValue {
            path.append(step)
            defer { path.removeLast() }
            return value(of: node)
        }

        private mutating func text(_ text: String) -> JSONValue {
            pointers.append(JSONPointer(tokens: path))
            return .string(text)
        }

        private static func written(_ segment: TemplateText.Segment) -> String {
            switch segment {
            case .literal(let text): text
            case .token(let token): written(token)
            }
        }

        private static func written(_ token: TokenPath) -> String { "{{\(token)}}" }
    }
}
