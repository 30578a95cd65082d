import JSON

/// The texts of a pass that phones look up among the translations.
struct PassTexts: Sendable {
    /// Every text that stands in the pass.
    private(set) var all: Set<String> = []
    /// Those that announce a change.
    private(set) var changeMessages: Set<String> = []
    /// Those that are there to be read, each once, in the order of the pass.
    private(set) var readable: [String] = []

    /// A logo's text is mostly a name, which stays as it is.
    private static let readableKeys: Set<String> = ["label", "changeMessage", "description", "relevantText"]

    /// Gathers the texts of content; what tokens decide is left out.
    init(of pass: JSONValue, in subject: Inspection.Subject) {
        collect(pass, key: nil, Inspection(of: subject, at: .root))
    }

    private mutating func collect(_ value: JSONValue, key: String?, _ inspection: Inspection) {
        switch value {
        case .string:
            guard let text = inspection.read(value).string else { return }
            let isNew = all.insert(text).inserted
            if key == "changeMessage" { changeMessages.insert(text) }
            if isNew, let key, Self.readableKeys.contains(key), text.contains(where: \.isLetter) {
                readable.append(text)
            }
        case .array(let elements):
            for element in elements { collect(element, key: nil, inspection) }
        case .object(let object):
            // What an app reads is no text of the pass.
            for (key, value) in object where key != "userInfo" { collect(value, key: key, inspection) }
        case .null, .bool, .number: return
        }
    }
}
