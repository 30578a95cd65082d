/// The keys of a style's dictionary (Apple's PassFields).
enum StyleKeys {
    static let table = KeyTable(
        "the style",
        ["transitType": .optional(.choice(transitTypes))],
        [(FieldGroup.allCases.map(\.rawValue).joined(separator: " "), .list(.dictionary(FieldKeys.table), atMost: nil))]
    )

    private static let transitTypes = ["Air", "Boat", "Bus", "Generic", "Train"].map { "PKTransitType" + $0 }
}
