/// What administrators may call things.
enum AdministrationText {
    /// A line of 1 to 200 characters without control characters.
    static func isName(_ text: String) -> Bool {
        (1...200).contains(text.count)
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
