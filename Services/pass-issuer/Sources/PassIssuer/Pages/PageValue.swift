/// What stands in a place of a page.
enum PageValue: Sendable, Hashable {
    /// A text from anywhere; it is escaped.
    case text(String)
    /// Markup of our own; it is written as it is.
    case markup(SafeMarkup)
    /// A part that stands once for each record.
    case records([PageRecord])

    /// A part that stands once, with the record's values, or not at all.
    static func part(_ record: PageRecord?) -> PageValue { .records(record.map { [$0] } ?? []) }

    /// A part with one text, or not at all.
    static func part(text: String?) -> PageValue { part(text.map { ["text": .text($0)] }) }
}

/// The values of a page, or of a part of it, by name.
typealias PageRecord = [String: PageValue]
