import JSON

/// What is wrong with a campaign's content, where, and how to mend it.
struct PassFault: Hashable, Sendable {
    /// How much it matters.
    enum Severity: Hashable, Sendable {
        /// The content is refused.
        case error
        /// The content is taken; the phone may leave something out.
        case warning
    }

    /// Where, seen from the campaign's body: `/pass/barcodes/0/format`.
    let pointer: JSONPointer
    /// What is wrong, as a sentence.
    let reason: String
    /// What to do about it, as a sentence; empty when the reason says it already.
    let remedy: String
    /// How much it matters.
    let severity: Severity
    /// The iOS release from which on what stands there is understood, when that is the point.
    let requiresIOS: Int?
    /// What phones do about it.
    let effect: PhoneEffect

    /// A fault at a place.
    init(
        _ pointer: JSONPointer, _ reason: String, _ remedy: String, severity: Severity = .error,
        requiresIOS: Int? = nil, effect: PhoneEffect? = nil
    ) {
        self.pointer = pointer
        self.reason = reason
        self.remedy = remedy
        self.severity = severity
        self.requiresIOS = requiresIOS
        self.effect =
            effect ?? requiresIOS.map(PhoneEffect.olderPhonesLeaveOut)
            ?? (severity == .error ? .refusesOrLeavesOut : .ignores)
    }

    /// Reason and remedy, for people.
    var detail: String { remedy.isEmpty ? reason : reason + " " + remedy }
}

extension PassFault: CustomStringConvertible {
    /// The place and the detail.
    var description: String { "\(pointer): \(detail)" }
}

extension Sequence<PassFault> {
    /// The faults for which the content is refused.
    var errors: [PassFault] { filter { $0.severity == .error } }
    /// The faults with which it is taken.
    var warnings: [PassFault] { filter { $0.severity == .warning } }
}
