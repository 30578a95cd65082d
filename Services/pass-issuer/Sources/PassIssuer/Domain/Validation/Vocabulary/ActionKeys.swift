/// The keys of a featured action (iOS 27).
enum ActionKeys {
    static let table = KeyTable(
        "the featured action",
        [
            "identifier": .required(.text(.notEmpty)),
            "type": .required(.text(.notEmpty)),
            "url": .optional(.text(.url)),
            "placeIdentifier": .optional(.text(.notEmpty)),
        ])
}
