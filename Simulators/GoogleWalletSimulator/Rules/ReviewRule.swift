import JSON

/// The way of a class's `reviewStatus`: DRAFT, then UNDER_REVIEW, which is approved at once.
enum ReviewRule {
    private static let key = "reviewStatus"

    /// The class as the platform keeps it.
    ///
    /// - Parameters:
    ///   - sent: what the call said, nil for nothing.
    ///   - before: what it was; nil for a new class.
    static func decide(
        _ object: JSONObject, sent: JSONValue?, before: JSONValue?, isRequired: Bool
    ) throws(WalletError) -> JSONObject {
        var result = object
        switch (sent?.stringValue, before?.stringValue) {
        case ("UNDER_REVIEW"?, _):
            result[key] = "APPROVED"
        case ("DRAFT"?, nil), ("DRAFT"?, "DRAFT"?):
            result[key] = "DRAFT"
        case ("DRAFT"?, _?):
            throw .invalidResource("Review status cannot be changed back to DRAFT.")
        case (nil, let before?) where before == "DRAFT" || !isRequired:
            result[key] = .string(before)
        case (let sent, let before):
            let word = sent ?? before ?? "REVIEW_STATUS_UNSPECIFIED"
            throw .invalidResource("Invalid review status Optional[\(word)]")
        }
        return result
    }
}
