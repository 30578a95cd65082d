import Contracts
import Cryptography
import HTTPServer
import HTTPTypes

/// The part of a list that is asked for: `?limit=` (50 by default, 1…500) behind `?cursor=`.
struct PageRequest: Sendable {
    let limit: Int
    /// The key behind which the page begins; empty for the first.
    let after: String

    init(_ request: HTTPRequest) throws(Problem) {
        limit =
            try request.query.first("limit").map { text throws(Problem) in
                guard let limit = Int(text) else { throw Problem(.badRequest, "`limit` is a number from 1 to 500.") }
                return min(max(limit, 1), 500)
            } ?? 50
        after =
            try request.query.first("cursor").map { text throws(Problem) in
                guard let bytes = Base64URL.decode(text), let key = String(validating: bytes, as: UTF8.self),
                    !key.contains("\0")
                else { throw Self.foreignCursor }
                return key
            } ?? ""
    }

    /// A cursor that no list gave.
    static var foreignCursor: Problem {
        Problem(.badRequest, "`cursor` is the `nextCursor` of an earlier answer, as it was given.")
    }

    /// The page of items that are made of what was found, which was one more than asked for when there are more.
    func page<Found, Item>(of found: [Found], _ items: [Item], key: (Found) -> String) -> Page<Item> {
        let last = found.count > limit ? found.prefix(limit).last : nil
        return Page(
            items: Array(items.prefix(limit)), nextCursor: last.map { Base64URL.encode(Array(key($0).utf8)) })
    }
}
