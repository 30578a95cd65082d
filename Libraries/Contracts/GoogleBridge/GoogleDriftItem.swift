import JSON

/// One place in which a class at Google is not as it should be.
public struct GoogleDriftItem: Codable, Hashable, Sendable {
    /// The class.
    public var classId: String
    /// The place, a JSON Pointer into the class.
    public var pointer: String
    /// What should stand there; null for nothing.
    @Nullable public var wanted: JSONValue?
    /// What we wrote last; null for nothing.
    @Nullable public var pushed: JSONValue?
    /// What stands there; null for nothing.
    @Nullable public var remote: JSONValue?
    /// Who changed it.
    public var origin: GoogleDriftOrigin

    /// Makes a difference.
    public init(
        classId: String, pointer: String, wanted: JSONValue?, pushed: JSONValue?, remote: JSONValue?,
        origin: GoogleDriftOrigin
    ) {
        self.classId = classId
        self.pointer = pointer
        self.wanted = wanted
        self.pushed = pushed
        self.remote = remote
        self.origin = origin
    }
}
