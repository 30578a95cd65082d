import GoogleWalletSchema
import JSON

/// One item of the rows on a pass's front.
struct FrontItem: Hashable, Sendable {
    /// The field that it shows.
    let path: GoogleFieldPath
    /// How a date is shown.
    let dateFormat: String?

    /// An item that shows a field.
    init(_ path: GoogleFieldPath, dateFormat: String? = nil) {
        self.path = path
        self.dateFormat = dateFormat
    }

    /// The item as the template has it.
    var json: JSONValue {
        var reference: JSONObject = ["fieldPath": .string(path.text)]
        reference["dateFormat"] = dateFormat.map(JSONValue.string)
        return ["firstValue": ["fields": [.object(reference)]]]
    }
}
