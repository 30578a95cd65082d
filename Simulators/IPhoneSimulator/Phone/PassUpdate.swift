/// What became of a pass that the web service listed as changed.
public struct PassUpdate: Hashable, Sendable {
    /// The outcome of a fetch.
    public enum Outcome: Hashable, Sendable {
        /// A new package was taken.
        case updated
        /// The service said that the phone has the newest package, or sent the same one again.
        case unchanged
        /// The package is one that the phone does not take; the old one stays.
        case refused(PhoneRefusal)
        /// The service did not answer, or with a status that no phone expects; to be tried again.
        case failed
    }

    /// The pass.
    public let serialNumber: String
    /// What became of it.
    public let outcome: Outcome
    /// The fields that an update changed.
    public let changes: [FieldChange]

    init(serialNumber: String, outcome: Outcome, changes: [FieldChange] = []) {
        self.serialNumber = serialNumber
        self.outcome = outcome
        self.changes = changes
    }
}
