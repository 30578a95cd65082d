/// How log lines are written.
public enum LogFormat: String, Sendable, CaseIterable {
    /// One JSON object a line.
    case json
    /// Words for a person.
    case text
}
