import JSON

/// What would be written to Google.
public struct GooglePreviewAnswer: Codable, Hashable, Sendable {
    /// The class.
    public var classResource: JSONObject
    /// The object.
    public var objectResource: JSONObject

    /// Makes an answer.
    public init(classResource: JSONObject, objectResource: JSONObject) {
        self.classResource = classResource
        self.objectResource = objectResource
    }

    private enum CodingKeys: String, CodingKey {
        case classResource = "class"
        case objectResource = "object"
    }
}
