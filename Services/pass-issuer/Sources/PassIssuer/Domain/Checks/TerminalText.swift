/// Text of a stranger on its way to a terminal.
enum TerminalText {
    /// The text on one line, without characters that a terminal would obey.
    static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: Unicode.Scalar(0xFFFD) ?? " "
                    default: scalar
                    }
                }))
    }
}
