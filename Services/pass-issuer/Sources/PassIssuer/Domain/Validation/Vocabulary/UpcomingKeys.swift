/// The keys of an entry of `upcomingPassInformation` (iOS 26).
enum UpcomingKeys {
    static let table = KeyTable(
        "the upcoming pass entry",
        [
            "type": .required(.choice(["event"])),
            "identifier": .required(.text(.notEmpty)),
            "name": .required(.text(.notEmpty)),
            "isActive": .optional(.boolean),
            "URLs": .optional(.dictionary(urls)),
            "urls": .optional(.dictionary(urls)),
            "images": .optional(.dictionary(images)),
            "dateInformation": .optional(.dictionary(dateInformation)),
            "semantics": .optional(.dictionary(SemanticKeys.table)),
            "auxiliaryStoreIdentifiers": .optional(.storeIdentifiers),
        ],
        [("additionalInfoFields backFields", .list(.dictionary(FieldKeys.table), atMost: nil))])

    private static let urls = KeyTable(
        "the addresses",
        ["contactVenueEmail": .optional(.text(.mail)), "contactVenuePhoneNumber": .optional(.text)],
        [
            (
                (PassKeys.eventGuide + ["sellURL", "transferURL"])
                    .filter { !["contactVenueEmail", "contactVenuePhoneNumber"].contains($0) }
                    .joined(separator: " "), .text(.webURL)
            )
        ])

    private static let images = KeyTable("the images", [:], [("headerImage venueMap", .dictionary(image))])

    private static let image = KeyTable(
        "the image", ["reuseExisting": .optional(.boolean)],
        [("URLs urls", .list(.dictionary(imageAddress), atMost: nil))])

    /// What phones download, up to 2 MB.
    private static let imageAddress = KeyTable(
        "the image's address",
        ["scale": .optional(.number(0...10)), "size": .optional(.integer(0...2_097_152))],
        [("URL url", .text(.httpsURL)), ("SHA256 sha256", .text(.sha256))])

    private static let dateInformation = KeyTable(
        "the date information",
        ["date": .optional(.date), "timeZone": .optional(.advisedText(.timeZone))],
        [("ignoreTimeComponents isAllDay isUnannounced isUndetermined", .boolean)])
}
