import HTTPTypes

/// Which part of a list is wanted.
struct PageRequest: Sendable {
    /// 1…500, 50 unless told.
    let limit: Int
    /// What stood in the cursor: the position that the part before ended with.
    let position: Int64?

    init(_ query: QueryItems) throws(Problem) {
        if let text = query.first("limit") {
            guard let number = Int(text) else { throw .query("limit", "a whole number") }
            limit = min(max(number, 1), 500)
        } else {
            limit = 50
        }
        if let text = query.first("cursor") {
            guard let number = Int64(text), number > 0 else { throw .query("cursor", "one that this list gave") }
            position = number
        } else {
            position = nil
        }
    }
}
