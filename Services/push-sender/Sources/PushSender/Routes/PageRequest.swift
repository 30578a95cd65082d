import Contracts
import Cryptography
import HTTPTypes

/// Which part of a list is wanted.
struct PageRequest: Sendable {
    /// 1…500, 50 unless told.
    let limit: Int
    /// The pass type that the part before ended with; empty for the first.
    let after: String

    init(_ query: QueryItems) throws(Problem) {
        if let text = query.first("limit") {
            guard let number = Int(text) else { throw .query("limit", "a whole number") }
            limit = min(max(number, 1), 500)
        } else {
            limit = 50
        }
        if let text = query.first("cursor") {
            guard let bytes = Base64URL.decode(text), let key = String(validating: bytes, as: UTF8.self),
                PassTypeIdentifier(rawValue: key) != nil
            else { throw .query("cursor", "one that this list gave") }
            after = key
        } else {
            after = ""
        }
    }

    /// What stands in the cursor of the part behind a pass type.
    static func cursor(after passType: PassTypeIdentifier) -> String {
        Base64URL.encode(Array(passType.rawValue.utf8))
    }
}
