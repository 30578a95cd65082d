import JSON

/// What a campaign says of Google beyond the mapped content.
public struct GoogleOverrides: Codable, Hashable, Sendable {
    /// The kind, when the style implies another.
    public var kind: GooglePassKind?
    /// A merge patch (RFC 7396) on the mapped class.
    public var classPatch: JSONObject?
    /// A merge patch (RFC 7396) on the mapped object.
    public var objectPatch: JSONObject?

    /// Makes overrides.
    public init(kind: GooglePassKind? = nil, classPatch: JSONObject? = nil, objectPatch: JSONObject? = nil) {
        self.kind = kind
        self.classPatch = classPatch
        self.objectPatch = objectPatch
    }

    private enum CodingKeys: String, CodingKey {
        case kind
        case classPatch = "class"
        case objectPatch = "object"
    }
}
