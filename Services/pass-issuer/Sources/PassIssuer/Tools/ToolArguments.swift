/// What follows a tool's name: files, options with a value, flags.
struct ToolArguments: Sendable {
    /// The words that are no options.
    private(set) var files: [String] = []
    private var values: [String: String] = [:]
    private var given: Set<String> = []

    /// Takes the words apart; nil for an option that is not known, or without its value.
    init?(_ arguments: [String], options: Set<String>, flags: Set<String>) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if options.contains(word) {
                guard let value = rest.popFirst() else { return nil }
                values[word] = value
            } else if flags.contains(word) {
                given.insert(word)
            } else if word.hasPrefix("-"), word != "-" {
                return nil
            } else {
                files.append(word)
            }
        }
    }

    /// An option's value.
    func option(_ name: String) -> String? { values[name] }

    /// Whether a flag is given.
    func flag(_ name: String) -> Bool { given.contains(name) }
}
