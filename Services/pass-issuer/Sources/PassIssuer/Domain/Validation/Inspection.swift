import JSON

/// A walk through a pass that gathers faults.
struct Inspection {
    /// What is walked through.
    enum Subject: Sendable {
        /// Content whose strings may hold tokens.
        case template
        /// Content with its real values, which are a person's own.
        case rendered
        /// Content of a package that somebody hands in to be looked at.
        case package
    }

    let subject: Subject
    /// The faults found so far.
    private(set) var faults: [PassFault] = []
    private var path: [String]

    /// A walk that begins at a place.
    init(of subject: Subject, at pointer: JSONPointer) {
        self.subject = subject
        path = pointer.tokens
    }

    /// Looks at what stands below a key.
    mutating func at(_ key: String, _ body: (inout Inspection) -> Void) {
        path.append(key)
        body(&self)
        path.removeLast()
    }

    /// Looks at what stands at an index.
    mutating func at(_ index: Int, _ body: (inout Inspection) -> Void) {
        at(String(index), body)
    }

    /// Looks at each element of a value, when it is known to be an array.
    mutating func forEach(of value: JSONValue?, _ body: (inout Inspection, Int, JSONValue) -> Void) {
        guard case .array(let elements) = value else { return }
        for (index, element) in elements.enumerated() {
            at(index) { body(&$0, index, element) }
        }
    }

    /// Records why the content is refused.
    mutating func refuse(_ reason: String, _ remedy: String, effect: PhoneEffect? = nil) {
        faults.append(PassFault(JSONPointer(tokens: path), reason, remedy, effect: effect))
    }

    /// Records what the phone may leave out.
    mutating func warn(_ reason: String, _ remedy: String, requiresIOS: Int? = nil, effect: PhoneEffect? = nil) {
        faults.append(
            PassFault(
                JSONPointer(tokens: path), reason, remedy, severity: .warning, requiresIOS: requiresIOS, effect: effect)
        )
    }

    /// Records a fault of a key below this place.
    mutating func record(
        _ severity: PassFault.Severity, at key: String, _ reason: String, _ remedy: String, requiresIOS: Int? = nil,
        effect: PhoneEffect? = nil
    ) {
        faults.append(
            PassFault(
                JSONPointer(tokens: path + [key]), reason, remedy, severity: severity, requiresIOS: requiresIOS,
                effect: effect))
    }

    /// What is known of a value.
    func read(_ value: JSONValue?) -> Reading {
        guard let value else { return .absent }
        guard subject == .template, case .string(let text) = value else { return .known(value) }
        // A malformed token is reported where the template is compiled.
        guard let template = try? TemplateText(parsing: text) else { return .anything }
        if let literal = template.literal { return .known(.string(literal)) }
        return template.soleToken == nil ? .text : .anything
    }
}
