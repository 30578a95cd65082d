/// What a person did with a pass.
public enum CallbackEvent: String, Codable, Sendable {
    /// It was saved.
    case save
    /// It was deleted.
    case delete = "del"
}
