import GoogleWalletSchema
import JSON

extension PassContent {
    /// A date of the content as Google is to have it.
    struct SourcedDate: Sendable {
        /// The date as it is written; what each pass has stands as the author wrote it.
        let text: String
        /// The date, when it can be read.
        let date: GoogleDateTime?
        /// Where it stands.
        let source: JSONPointer
    }

    /// When and until when the pass matters.
    struct RelevantDate: Sendable {
        let start: SourcedDate
        let end: SourcedDate?
    }

    /// When the pass expires.
    var expiry: GoogleDateTime? {
        pass["expirationDate"]?.stringValue.flatMap(GoogleDateTime.init)
    }

    /// When the pass matters, from the newer key or the older one.
    var relevantDates: [RelevantDate] {
        let place = Self.place("relevantDates")
        let dates = (pass["relevantDates"]?.arrayValue ?? []).enumerated().compactMap { index, entry -> RelevantDate? in
            let place = place.appending(index)
            for key in ["date", "relevantDate"] {
                if let start = date(entry[key], place.appending(key)) { return RelevantDate(start: start, end: nil) }
            }
            guard let start = date(entry["startDate"], place.appending("startDate")) else { return nil }
            return RelevantDate(start: start, end: date(entry["endDate"], place.appending("endDate")))
        }
        if !dates.isEmpty { return dates }
        return date(pass["relevantDate"], Self.place("relevantDate")).map { [RelevantDate(start: $0, end: nil)] } ?? []
    }

    /// A value that should be a date; nil when it is no text.
    func date(_ value: JSONValue?, _ source: JSONPointer) -> SourcedDate? {
        guard let text = value?.stringValue, !text.isEmpty else { return nil }
        return SourcedDate(text: googleDate(text), date: GoogleDateTime(text), source: source)
    }

    /// A value that should be a date.
    func date(_ found: Found) -> SourcedDate? {
        date(found.value, found.source)
    }

    /// A date in Google's spelling; a text that is none stays as it is.
    func googleDate(_ text: String) -> String {
        GoogleDateTime(text)?.text ?? text
    }
}
