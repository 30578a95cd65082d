import Foundation
import JSON

/// Someone with a name that nobody else has, so that it can be looked for.
public struct Person: Sendable, Hashable {
    /// The id at personalisation.
    public let id: String
    /// The first name.
    public let firstName: String
    /// The last name.
    public let lastName: String

    /// Invents someone.
    public init() {
        let mark = UUID().uuidString.lowercased().filter(\.isLetter)
        id = "c-\(UUID().uuidString.lowercased())"
        firstName = "Ada\(mark)"
        lastName = "Lovelace\(mark)"
    }

    /// The data in links.
    public var contact: JSONObject {
        ["id": .string(id), "firstName": .string(firstName), "lastName": .string(lastName)]
    }
}
