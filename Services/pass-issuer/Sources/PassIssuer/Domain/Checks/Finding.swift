import JSON

/// Something that a check of a package or a certificate found.
struct Finding: Hashable, Sendable {
    /// How much it matters.
    enum Severity: Int, Sendable, Comparable {
        case error, warning, information

        /// The graver one comes first.
        static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
    }

    let severity: Severity
    /// The file in the package; nil when it is about the package as a whole.
    var file: String?
    /// The place in the file; nil when it is about the file as a whole.
    var pointer: JSONPointer?
    /// What was found, as a sentence.
    let reason: String
    /// What phones do about it.
    let effect: PhoneEffect
    /// How to mend it; nil when there is nothing to mend.
    let remedy: String?

    /// A finding about a file, or the package.
    init(
        _ severity: Severity, _ file: String? = nil, _ reason: String, _ effect: PhoneEffect, _ remedy: String? = nil,
        at pointer: JSONPointer? = nil
    ) {
        self.severity = severity
        self.file = file
        self.pointer = pointer
        self.reason = reason
        self.effect = effect
        self.remedy = remedy
    }

    /// A fault of content, found in a file.
    init(_ fault: PassFault, in file: String, dropping steps: Int) {
        self.init(
            fault.severity == .error ? .error : fault.requiresIOS == nil ? .warning : .information, file, fault.reason,
            fault.effect, fault.remedy, at: JSONPointer(tokens: Array(fault.pointer.tokens.dropFirst(steps))))
    }
}

extension Sequence<Finding> {
    /// The gravest first, otherwise in the order in which they were found.
    var ordered: [Finding] {
        enumerated().sorted { ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset) }.map(\.element)
    }

    /// Whether one of them is an error.
    var holdsError: Bool { contains { $0.severity == .error } }
}
