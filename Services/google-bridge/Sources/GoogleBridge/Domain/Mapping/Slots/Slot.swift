/// What a field of Google's can be made of, best first: semantic tags, fields whose keys say so, a place on the pass.
struct Slot: Sendable {
    /// What the value must be.
    enum Form: Hashable, Sendable {
        /// A text.
        case text
        /// A date.
        case date
        /// An amount of a currency.
        case money
        /// An amount of whatever is counted.
        case amount
    }

    /// Semantic tags, best first.
    let semantics: [String]
    /// Subjects of fields.
    let subjects: Set<String>
    /// The field of a group and its number there.
    let position: Position?
    /// What the value must be.
    let form: Form

    /// A place on the pass.
    struct Position: Hashable, Sendable {
        let group: ContentGroup
        let index: Int
    }

    /// A slot; names stand in one text, between spaces.
    init(_ semantics: String = "", subjects: String = "", at position: Position? = nil, as form: Form = .text) {
        self.semantics = semantics.split(separator: " ").map(String.init)
        self.subjects = Set(subjects.split(separator: " ").map(String.init))
        self.position = position
        self.form = form
    }

    /// Whether a field is of the slot's form.
    func suits(_ field: ContentField) -> Bool {
        switch form {
        case .text: !field.isDate && field.currencyCode == nil
        case .date: field.isDate
        case .money: field.currencyCode != nil
        case .amount: !field.isDate
        }
    }
}

extension Slot.Position {
    /// The most prominent field.
    static let firstPrimary = Slot.Position(group: .primaryFields, index: 0)
    /// The second most prominent field.
    static let secondPrimary = Slot.Position(group: .primaryFields, index: 1)
}
