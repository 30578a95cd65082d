/// The keys of pass.json (Apple's Pass; iOS 18, 26 and 27 included).
enum PassKeys {
    /// What identifies a pass; the platform writes it.
    static let identity = [
        "formatVersion", "passTypeIdentifier", "teamIdentifier", "serialNumber", "webServiceURL",
        "authenticationToken",
    ]

    /// The addresses that the guide of a poster event ticket shows as buttons, when there are two or more.
    static let eventGuide = [
        "accessibilityURL", "addOnURL", "bagPolicyURL", "contactVenueEmail", "contactVenuePhoneNumber",
        "contactVenueWebsite", "directionsInformationURL", "merchandiseURL", "orderFoodURL", "parkingInformationURL",
        "purchaseParkingURL", "transitInformationURL",
    ]

    /// What poster event tickets alone show (iOS 18).
    static let posterOnly =
        eventGuide.filter { $0 != "orderFoodURL" } + [
            "auxiliaryStoreIdentifiers", "eventLogoText", "footerBackgroundColor", "sellURL", "suppressHeaderDarkening",
            "transferURL", "useAutomaticColors",
        ]

    /// What semantic boarding passes alone show (iOS 26).
    static let boardingOnly = [
        "changeSeatURL", "entertainmentURL", "managementURL", "purchaseAdditionalBaggageURL",
        "purchaseLoungeAccessURL", "purchaseWifiURL", "registerServiceAnimalURL", "reportLostBagURL",
        "requestWheelchairURL", "trackBagsURL", "transitProviderEmail", "transitProviderPhoneNumber",
        "transitProviderWebsiteURL", "upgradeURL",
    ]

    static let table = KeyTable(
        "the pass",
        [
            "description": .required(.text(.notEmpty)),
            "organizationName": .optional(.text(.notEmpty)),
            "groupingIdentifier": .optional(.text(.notEmpty)),
            "appLaunchURL": .optional(.text(.url)),
            "barcode": .optional(.dictionary(BarcodeKeys.table)),
            "barcodes": .optional(.list(.dictionary(BarcodeKeys.table), atMost: nil)),
            "locations": .optional(.list(.dictionary(RelevanceKeys.location), atMost: 10)),
            "beacons": .optional(.list(.dictionary(RelevanceKeys.beacon), atMost: 10)),
            "maxDistance": .optional(.number(0 ... .greatestFiniteMagnitude)),
            "relevantDates": .optional(.list(.dictionary(RelevanceKeys.dates), atMost: nil)),
            "nfc": .optional(.dictionary(NFCKeys.table)),
            "userInfo": .optional(.userInfo),
            "semantics": .optional(.dictionary(SemanticKeys.table)),
            "preferredStyleSchemes": .optional(.list(.choice(schemes), atMost: nil)),
            "featuredActions": .optional(.list(.dictionary(ActionKeys.table), atMost: 2), iOS: 27),
            "upcomingPassInformation": .optional(.list(.dictionary(UpcomingKeys.table), atMost: nil), iOS: 26),
            PassStyle.posterGeneric: .optional(.dictionary(StyleKeys.table), iOS: 27),
        ],
        [
            (identity.joined(separator: " "), .ours),
            (PassStyle.allCases.map(\.rawValue).joined(separator: " "), .dictionary(StyleKeys.table)),
            ("associatedStoreIdentifiers auxiliaryStoreIdentifiers", .storeIdentifiers),
            ("backgroundColor foregroundColor labelColor stripColor footerBackgroundColor", .text(.colour)),
            ("expirationDate relevantDate", .date),
            ("logoText eventLogoText logoSymbolName contactVenuePhoneNumber transitProviderPhoneNumber", .text),
            ("contactVenueEmail transitProviderEmail", .text(.mail)),
            ("sharingProhibited suppressStripShine suppressHeaderDarkening useAutomaticColors voided", .boolean),
            (webURLs, .text(.webURL)),
        ])

    private static let schemes = ["posterEventTicket", "eventTicket", "semanticBoardingPass", "boardingPass"]

    private static let webURLs = """
        accessibilityURL addOnURL bagPolicyURL changeSeatURL contactVenueWebsite directionsInformationURL
        entertainmentURL managementURL merchandiseURL orderFoodURL parkingInformationURL
        purchaseAdditionalBaggageURL purchaseLoungeAccessURL purchaseParkingURL purchaseWifiURL
        registerServiceAnimalURL reportLostBagURL requestWheelchairURL sellURL trackBagsURL transferURL
        transitInformationURL transitProviderWebsiteURL upgradeURL
        """
}
