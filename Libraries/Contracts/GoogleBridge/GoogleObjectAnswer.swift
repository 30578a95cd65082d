/// An object and the link that saves it.
public struct GoogleObjectAnswer: Codable, Hashable, Sendable {
    /// Its id at Google.
    public var objectId: String
    /// The link.
    public var saveUrl: String
    /// What the link carries.
    public var mode: SaveLinkMode

    /// Makes an answer.
    public init(objectId: String, saveUrl: String, mode: SaveLinkMode) {
        self.objectId = objectId
        self.saveUrl = saveUrl
        self.mode = mode
    }
}
