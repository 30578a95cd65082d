import GoogleWalletSchema

/// What is particular to one kind: which parts of the content its own fields show.
protocol KindMapping: Sendable {
    /// The kind.
    static var kind: GoogleKind { get }
    /// Chooses what the kind's fields are made of.
    init(_ content: PassContent)
    /// The fields that the kind's own fields show, as indices of the content's fields.
    var usedFields: Set<Int> { get }
    /// The kind's own fields that belong on the front, most important first.
    var front: [FrontItem] { get }
    /// Those of them that the class shows.
    var sharedFields: Set<Int> { get }
    /// Those of them whose changes Google tells by itself.
    var announcedFields: Set<Int> { get }
    /// The semantic tags that the kind has fields for.
    var knownTags: Set<String> { get }
    /// Whether one of the kind's own fields shows the text beside Apple's logo.
    var showsLogoText: Bool { get }
    /// Whether one of the kind's own fields says when the pass matters.
    var showsRelevantDate: Bool { get }
    /// What could not be carried over.
    var notes: [MappingNote] { get }
    /// Writes what passes share.
    func writeClass(_ draft: inout ResourceDraft)
    /// Writes what is one pass's own.
    func writeObject(_ draft: inout ResourceDraft)
}

extension KindMapping {
    /// Most kinds show nothing of a pass's fields on the class.
    var sharedFields: Set<Int> { [] }

    /// Google names no such field for most kinds.
    var announcedFields: Set<Int> { [] }

    /// Google shows the issuer's name there, for most kinds.
    var showsLogoText: Bool { false }

    /// Most kinds have no field for it.
    var showsRelevantDate: Bool { false }

    /// The type of the mapping's class or object.
    static func type(_ level: GoogleLevel) -> SchemaType { GoogleSchema.type(kind, level) }
}

extension Set<Int> {
    /// The fields of what was found.
    init(_ found: Found?...) {
        self.init(found.compactMap { $0?.field })
    }
}
