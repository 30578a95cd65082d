import HTTPClient
import JSON

/// An answer to "what changed", read with the type checks of iOS.
struct ChangedPasses {
    let serialNumbers: [String]
    let tag: String?

    /// Reads a 200 answer; nil when the phone would not take it, as with a tag that is a number.
    init?(_ response: HTTPClientResponse) {
        guard let body = try? JSON.parse(response.body),  // Whatever it is instead, the phone has nothing to read.
            let items = body["serialNumbers"]?.arrayValue
        else { return nil }
        serialNumbers = items.compactMap(\.stringValue)
        tag = body["lastUpdated"]?.stringValue
        guard serialNumbers.count == items.count, tag != nil || body["lastUpdated"] == nil else { return nil }
    }
}
