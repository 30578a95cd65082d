/// Several objects and the link that saves them all.
public struct GoogleObjectsAnswer: Codable, Hashable, Sendable {
    /// Their ids at Google, in the order of the passes.
    public var objectIds: [String]
    /// The link.
    public var saveUrl: String
    /// What the link carries: `full` when it carries one of the objects whole.
    public var mode: SaveLinkMode

    /// Makes an answer.
    public init(objectIds: [String], saveUrl: String, mode: SaveLinkMode) {
        self.objectIds = objectIds
        self.saveUrl = saveUrl
        self.mode = mode
    }
}
