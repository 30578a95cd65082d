import Contracts
import JSON

/// What a token without a value becomes, checked and ready for use.
struct TokenRule: Hashable, Sendable {
    /// What to do when there is no default either.
    let onMissing: MissingTokenPolicy
    /// The values by token; they are data and hold no tokens of their own.
    let defaults: [TokenPath: JSONValue]
    /// What stands where a token has no value and that is no fault.
    var placeholder = ""

    /// The same rule for passes of nobody: what has no default is a dash, since phones refuse some empty texts.
    var forErasedPasses: TokenRule {
        var rule = TokenRule(onMissing: .empty, defaults: defaults)
        rule.placeholder = "-"
        return rule
    }

    /// A rule from its parts.
    init(onMissing: MissingTokenPolicy = .reject, defaults: [TokenPath: JSONValue] = [:]) {
        self.onMissing = onMissing
        self.defaults = defaults
    }

    /// Takes the campaign's policy; throws for a default whose key is no path.
    init(_ policy: TokenPolicy?, at pointer: JSONPointer = JSONPointer(tokens: ["tokens"])) throws(TemplateFaults) {
        var defaults: [TokenPath: JSONValue] = [:]
        var faults: [PassFault] = []
        for (key, value) in policy?.defaults ?? [:] {
            do throws(TokenPathError) {
                let path = try TokenPath(parsing: key)
                if case .null = value { continue }
                defaults[path] = value
            } catch {
                let place = pointer.appending("defaults").appending(key)
                faults.append(PassFault(place, error.reason, error.remedy))
            }
        }
        guard faults.isEmpty else { throw TemplateFaults(faults: faults) }
        self.init(onMissing: policy?.onMissing ?? .reject, defaults: defaults)
    }

    /// The value that a token gets from the data, or else from the defaults.
    func value(of path: TokenPath, in values: TokenValues) -> JSONValue? {
        values[path] ?? defaults[path]
    }
}
