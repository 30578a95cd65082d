/// The keys of an entry of `upcomingPassInformation` (iOS 26).
enum UpcomingKeys {
    static let table = KeyTable(
        "the upcoming pass entry",
        [
            "type": .required(.choice(["event"])),
            "identifier": .required(.text(.notEmpty)),
            "name": .required(.text(.notEmpty)),
            "isActive": .optional(.boolean),
            "URLs": .optional(.anything),
            "urls": .optional(.anything),
            "images": .optional(.anything),
            "dateInformation": .optional(.dictionary(dateInformation)),
            "semantics": .optional(.dictionary(SemanticKeys.table)),
            "auxiliaryStoreIdentifiers": .optional(.storeIdentifiers),
        ],
        [("additionalInfoFields backFields", .list(.dictionary(FieldKeys.table), atMost: nil))])

    private static let dateInformation = KeyTable(
        "the date information",
        ["date": .optional(.date), "timeZone": .optional(.text)],
        [("ignoreTimeComponents isAllDay isUnannounced isUndetermined", .boolean)])
}
