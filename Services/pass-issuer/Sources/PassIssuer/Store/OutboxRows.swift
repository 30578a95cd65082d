import Postgres

/// Messages as columns, for a statement that writes several.
struct OutboxRows: Sendable {
    let kinds: [OutboxKind]
    let destinations: [OutboxDestination]
    let payloads: [StoredJSON]

    init(_ contents: [OutboxContent]) throws {
        kinds = contents.map(\.kind)
        destinations = kinds.map(\.destination)
        payloads = try contents.map { StoredJSON(try $0.payload().inPresentTrace) }
    }
}
