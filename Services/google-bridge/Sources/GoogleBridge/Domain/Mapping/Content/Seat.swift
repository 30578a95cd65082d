import JSON

/// A seat, as the semantic tag `seats` has it.
struct Seat: Hashable, Sendable {
    let section: String?
    let row: String?
    let number: String?
    let type: String?
    let description: String?

    /// Reads a seat; nil when it says nothing.
    init?(_ value: JSONValue) {
        func text(_ key: String) -> String? { value[key]?.stringValue.flatMap { $0.isEmpty ? nil : $0 } }
        section = text("seatSection") ?? text("seatLevel")
        row = text("seatRow")
        number = text("seatNumber") ?? text("seatIdentifier")
        type = text("seatType")
        description = text("seatDescription")
        guard section != nil || row != nil || number != nil || type != nil || description != nil else { return nil }
    }

    /// Row and number as they are printed for travellers: `12A`.
    var rowAndNumber: String? {
        guard let number else { return nil }
        guard let row, !number.hasPrefix(row) else { return number }
        return row + number
    }
}

/// The seats of the semantic tag.
struct SeatTags: Sendable {
    /// The seats.
    let seats: [Seat]
    /// Where they stand.
    let source: JSONPointer
    /// The field that has the tag, as an index of the content's fields.
    let field: Int?
    /// What the author wrote in place of seats that each pass has.
    private let raw: String?

    /// Reads the tag; nil when it says nothing.
    init?(_ content: PassContent) {
        guard let found = content.semantic("seats") else { return nil }
        seats = (found.value.arrayValue ?? []).compactMap(Seat.init)
        raw = content.isRaw(found.source) ? found.value.stringValue : nil
        guard !seats.isEmpty || raw != nil else { return nil }
        source = found.source
        field = found.field
    }

    /// The numbers of all seats.
    var numbers: String? { raw ?? joined(\.number) }
    /// The numbers of all seats, behind their rows.
    var rowsAndNumbers: String? { raw ?? joined(\.rowAndNumber) }

    /// A part of all seats, each text once; nil when none has it.
    func joined(_ part: (Seat) -> String?) -> String? {
        var texts: [String] = []
        for text in seats.compactMap(part) where !texts.contains(text) { texts.append(text) }
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }
}
