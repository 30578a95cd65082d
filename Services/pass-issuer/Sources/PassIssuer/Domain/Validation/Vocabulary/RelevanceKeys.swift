/// The keys of places and times at which a pass shows itself (Apple's Locations, Beacons, RelevantDates).
enum RelevanceKeys {
    static let location = KeyTable(
        "the location",
        [
            "latitude": .required(.number(-90...90)),
            "longitude": .required(.number(-180...180)),
            "altitude": .optional(.number),
            "relevantText": .optional(.text),
        ])

    static let beacon = KeyTable(
        "the beacon",
        [
            "proximityUUID": .required(.text(.uuid)),
            "major": .optional(.integer(0...65_535)),
            "minor": .optional(.integer(0...65_535)),
            "relevantText": .optional(.text),
        ])

    static let dates = KeyTable("the relevant date", [:], [("date relevantDate startDate endDate", .date)])
}
