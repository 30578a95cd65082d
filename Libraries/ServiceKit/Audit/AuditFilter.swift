import HTTPTypes

/// Which entries of the audit log are asked for: the newest first, behind a position.
struct AuditFilter: Sendable {
    let limit: Int
    /// The entry behind which the page begins.
    let before: AuditPosition?
    let actor: String?
    let route: String?
    let from: Instant?
    let to: Instant?

    init(_ query: QueryItems) throws(Problem) {
        limit =
            try query.first("limit").map { text throws(Problem) in
                guard let limit = Int(text) else { throw Problem(.badRequest, "`limit` is a number from 1 to 500.") }
                return min(max(limit, 1), 500)
            } ?? 50
        before =
            try query.first("cursor").map { text throws(Problem) in
                guard let position = AuditPosition(cursor: text) else {
                    throw Problem(.badRequest, "`cursor` is the `nextCursor` of an earlier answer, as it was given.")
                }
                return position
            }
        actor = try Self.text("actor", query)
        route = try Self.text("route", query)
        from = try Self.instant("from", query)
        to = try Self.instant("to", query)
    }

    private static func text(_ name: String, _ query: QueryItems) throws(Problem) -> String? {
        guard let text = query.first(name) else { return nil }
        guard (1...512).contains(text.utf8.count), !text.contains("\0") else {
            throw Problem(.badRequest, "`\(name)` is a text of at most 512 bytes.")
        }
        return text
    }

    private static func instant(_ name: String, _ query: QueryItems) throws(Problem) -> Instant? {
        guard let text = query.first(name) else { return nil }
        guard let instant = Instant(rfc3339: text) else {
            throw Problem(.badRequest, "`\(name)` is an instant such as 2027-01-31T12:00:00Z.")
        }
        return instant
    }
}
