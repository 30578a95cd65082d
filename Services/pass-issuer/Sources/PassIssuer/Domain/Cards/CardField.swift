import JSON

/// A field of a pass as a page shows it.
struct CardField: Sendable, Hashable {
    let label: String?
    let value: String

    /// How many characters of a text are shown.
    static let maximumCharacters = 120

    /// Reads a field of pass.json; nil when it shows nothing.
    init?(_ field: JSONValue, translations: JSONObject) {
        let value = Self.shortened(Self.text(of: field, translations))
        guard !value.isEmpty else { return nil }
        let label = field["label"]?.stringValue.map { Self.shortened(Self.translated($0, translations)) }
        self.label = label?.isEmpty == false ? label : nil
        self.value = value
    }

    /// A text in the reader's language.
    static func translated(_ text: String, _ translations: JSONObject) -> String {
        translations[text]?.stringValue ?? text
    }

    /// A text of a length that leaves the page small.
    static func shortened(_ text: String) -> String {
        text.count <= maximumCharacters ? text : text.prefix(maximumCharacters - 1) + "…"
    }

    private static func text(of field: JSONValue, _ translations: JSONObject) -> String {
        switch field["value"] {
        case .string(let text):
            if let date = PassDate(text), let shown = Self.text(of: date, in: field) { return shown }
            return translated(text, translations)
        case .number(let number): return Self.text(of: number, in: field)
        case .bool, .null, .array, .object, nil: return ""
        }
    }

    /// An amount, a share, or the number as it is written.
    private static func text(of number: JSONNumber, in field: JSONValue) -> String {
        if let currency = field["currencyCode"]?.stringValue { return "\(number.text)\u{A0}\(currency)" }
        guard field["numberStyle"]?.stringValue == "PKNumberStylePercent", let share = Double(number.text),
            abs(share) < 1_000_000
        else { return number.text }
        let percent = (share * 10_000).rounded() / 100
        let shown = percent == percent.rounded() ? String(Int(percent)) : String(percent)
        return "\(shown)\u{A0}%"
    }

    /// The day and the time that the field shows, in the order that is the same everywhere (ISO 8601).
    private static func text(of date: PassDate, in field: JSONValue) -> String? {
        func shows(_ key: String) -> Bool {
            field[key]?.stringValue.map { $0 != "PKDateStyleNone" } ?? false
        }
        let parts = (shows("dateStyle"), shows("timeStyle"))
        let text = date.text
        let (day, time) = (String(text.prefix(10)), String(text.dropFirst(11).prefix(5)))
        switch parts {
        case (true, true): return "\(day) \(time)"
        case (true, false): return day
        case (false, true): return time
        case (false, false): return nil
        }
    }
}
