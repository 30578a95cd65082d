import JSON

/// The translations that a file of strings holds.
struct StringsContent: Hashable, Sendable {
    /// Text → translation, as phones read them.
    let translations: JSONObject
    /// What was read although it is odd, as sentences: repeated texts, missing semicolons, escapes that are none.
    let repairs: [String]
    /// What the characters were written in.
    let encoding: TextFile.Encoding
}
