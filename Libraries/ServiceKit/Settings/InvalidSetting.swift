/// Thrown by what reads a setting's text; the words must not repeat a secret.
public struct InvalidSetting: Error, Sendable {
    /// What is wrong, as in "is no number".
    public let detail: String
    /// What to do, as in "give a number".
    public let remedy: String

    /// Says what is wrong and what to do.
    public init(_ detail: String, remedy: String) {
        self.detail = detail
        self.remedy = remedy
    }
}
