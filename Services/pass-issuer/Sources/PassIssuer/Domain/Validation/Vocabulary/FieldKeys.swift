/// The keys of a field (Apple's PassFieldContent).
enum FieldKeys {
    static let table = KeyTable(
        "the field",
        [
            "key": .required(.text(.notEmpty)),
            "value": .required(.fieldValue),
            "label": .optional(.text),
            "attributedValue": .optional(.fieldValue),
            "changeMessage": .optional(.text),
            "dataDetectorTypes": .optional(.list(.choice(dataDetectors), atMost: nil)),
            "dateStyle": .optional(.choice(dateStyles)),
            "timeStyle": .optional(.choice(dateStyles)),
            "ignoresTimeZone": .optional(.boolean),
            "isRelative": .optional(.boolean),
            "currencyCode": .optional(.text(.currency)),
            "numberStyle": .optional(.choice(numberStyles)),
            "textAlignment": .optional(.choice(alignments)),
            "row": .optional(.integer(0...1)),
            "semantics": .optional(.dictionary(SemanticKeys.table)),
        ])

    private static let dataDetectors =
        ["PhoneNumber", "Link", "Address", "CalendarEvent"].map { "PKDataDetectorType" + $0 }
    private static let dateStyles = ["None", "Short", "Medium", "Long", "Full"].map { "PKDateStyle" + $0 }
    private static let numberStyles = ["Decimal", "Percent", "Scientific", "SpellOut"].map { "PKNumberStyle" + $0 }
    private static let alignments = ["Left", "Center", "Right", "Natural"].map { "PKTextAlignment" + $0 }
}
