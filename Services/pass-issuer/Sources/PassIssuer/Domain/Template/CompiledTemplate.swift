import JSON

/// A JSON value whose strings may hold tokens, read once and rendered for each pass.
struct CompiledTemplate: Sendable {
    /// Parts without tokens are values already and shared by all that is rendered.
    indirect enum Node: Sendable {
        case constant(JSONValue)
        case token(TokenPath)
        case text([TemplateText.Segment])
        case array([Node])
        /// An object: its members without tokens, and those with.
        case object(JSONObject, [(key: String, node: Node)])
    }

    let root: Node
    /// Where the template stands in its document; faults are named from there.
    let pointer: JSONPointer
    /// The tokens it needs, sorted, each once.
    let tokens: [TokenPath]

    /// Reads a template; throws every malformed token at once.
    static func compile(
        _ value: JSONValue, at pointer: JSONPointer = .root
    ) throws(TemplateFaults) -> CompiledTemplate {
        var compiler = Compiler(path: pointer.tokens)
        let root = compiler.node(of: value)
        guard compiler.faults.isEmpty else { throw TemplateFaults(faults: compiler.faults) }
        return CompiledTemplate(root: root, pointer: pointer, tokens: compiler.tokens.sorted())
    }

    /// Whether it holds no token, so that every rendering is the same.
    var isConstant: Bool { tokens.isEmpty }

    private struct Compiler {
        var path: [String]
        var tokens: Set<TokenPath> = []
        var faults: [PassFault] = []

        init(path: [String]) {
            self.path = path
        }

        mutating func node(of value: JSONValue) -> Node {
            switch value {
            case .null, .bool, .number: .constant(value)
            case .string(let text): node(of: text)
            case .array(let elements): node(of: elements)
            case .object(let object): node(of: object)
            }
        }

        private mutating func node(of text: String) -> Node {
            do throws(TemplateTextError) {
                let template = try TemplateText(parsing: text)
                if let literal = template.literal { return .constant(.string(literal)) }
                for case .token(let path) in template.segments { tokens.insert(path) }
                if let path = template.soleToken { return .token(path) }
                return .text(template.segments)
            } catch {
                faults.append(PassFault(JSONPointer(tokens: path), error.reason, error.remedy))
                return .constant(.string(text))
            }
        }

        private mutating func node(of elements: [JSONValue]) -> Node {
            var nodes: [Node] = []
            for (index, element) in elements.enumerated() {
                nodes.append(below(String(index), element))
            }
            let values = nodes.compactMap(Self.constant)
            return values.count == nodes.count ? .constant(.array(values)) : .array(nodes)
        }

        private mutating func node(of object: JSONObject) -> Node {
            var constants = JSONObject()
            var others: [(key: String, node: Node)] = []
            for (key, value) in object {
                let node = below(key, value)
                if let constant = Self.constant(node) {
                    constants[key] = constant
                } else {
                    // The place is taken now, so that rendering replaces a value and moves none.
                    constants[key] = .null
                    others.append((key, node))
                }
            }
            return others.isEmpty ? .constant(.object(constants)) : .object(constants, others)
        }

        private mutating func below(_ step: String, _ value: JSONValue) -> Node {
            path.append(step)
            defer { path.removeLast() }
            return node(of: value)
        }

        private static func constant(_ node: Node) -> JSONValue? {
            if case .constant(let value) = node { value } else { nil }
        }
    }
}
