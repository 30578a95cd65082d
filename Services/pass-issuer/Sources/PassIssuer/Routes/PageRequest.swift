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
                guard let limit = Int(text) else {
                    throw Problem(.badRequest, "`limit` is a number from 1 to 500.")
                }
                return min(max(limit, 1), 500)
            } ?? 50
        after =
            try request.query.first("cursor").map { text throws(Problem) in
                guard let bytes = Base64URL.decode(text), let key = String(validating: bytes, as: UTF8.self),
                    !key.contains("\0")
                else {
                    throw Problem(.badRequest, "`cursor` is the `nextCursor` of an earlier answer, as it was given.")
                }
                return key
            } ?? ""
    }

    /// The number before which a list begins that is ordered by numbers, the newest first.
    func numberBefore() throws(Problem) -> Int {
        if after.isEmpty { return .max }
        guard let number = Int(after) else {
            throw Problem(.badRequest, "`cursor` is the `nextCursor` of an earlier answer, as it was given.")
        }
        return number
    }

    /// The page of what was found, which is one more than asked for when there are more.
    func page<Found, Item>(
        of found: [Found], key: (Found) -> String, _ item: (Found) throws -> Item
    ) rethrows -> Page<Item> {
        Page(
            items: try found.prefix(limit).map(item), nextCursor: cursor(of: found, more: found.count > limit, key: key)
        )
    }

    /// The page of items that are made already.
    func page<Item>(of items: [Item], more: Bool, key: (Item) -> String) -> Page<Item> {
        Page(items: items, nextCursor: cursor(of: items, more: more, key: key))
    }

    private func cursor<Found>(of found: [Found], more: Bool, key: (Found) -> String) -> String? {
        guard more, let last = found.prefix(limit).last else { return nil }
        return Base64URL.encode(Array(key(last).utf8))
    }
}
