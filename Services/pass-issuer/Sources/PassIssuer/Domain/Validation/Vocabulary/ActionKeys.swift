/// The keys of a featured action (iOS 27).
enum ActionKeys {
    /// The actions that Apple names.
    static let types = [
        "addToBalance", "bookAppointment", "bookCar", "bookFlight", "bookStay", "call", "listenToMusic",
        "membershipBenefits", "order", "place", "shop", "viewOffersRewards", "viewSchedule", "watchTrailer",
    ]

    static let table = KeyTable(
        "the featured action",
        [
            "identifier": .required(.text(.notEmpty)),
            "type": .required(.text(.notEmpty)),
            "url": .optional(.text(.url)),
            "placeIdentifier": .optional(.text(.notEmpty)),
        ])
}
