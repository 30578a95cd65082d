import JSON
import Support
import Testing

/// What differs between kinds of passes, and between campaigns of one kind.
extension EndToEndTests.ConsoleGoogleLayoutTests {
    @Test("draws the picture below the barcode there, the others among the details, and nothing as JSON")
    func images() async throws {
        let footer: JSONObject = [
            "firstBottomDetail": ["fieldSelector": Self.selector(["class.imageModulesData['footer']"])]
        ]
        let modules: JSONValue = [
            ["id": "footer", "mainImage": Self.image], ["id": "thumbnail", "mainImage": Self.image],
        ]
        try await WalletPlatform.shared().visitConsole { browser, _ in
            let drawn = try await Self.draw(
                ["cardBarcodeSectionDetails": .object(footer)], class: ["imageModulesData": modules], in: browser,
                """
                const below = card.querySelector('.gw-beside');
                return [box(below).top >= box(card.querySelector('.barcode')).bottom, drawn.querySelectorAll('.gw-beside').length,
                    drawn.querySelectorAll('details .gw-image').length, drawn.textContent.includes('{')];
                """)
            #expect(drawn == [true, 1, 1, false])
        }
    }

    @Test("labels a value as the campaign does, in the phone's language, and an amount with its currency")
    func labels() async throws {
        let rows: JSONValue = [
            ["oneItem": ["item": Self.item("object.accountName")]],
            [
                "twoItems": [
                    "startItem": Self.item("object.balance"), "endItem": Self.item("object.ticketLeg.platform"),
                ]
            ],
            ["oneItem": ["item": Self.item("class.rewardsTier")]],
        ]
        let kind: JSONObject = [
            "accountNameLabel": "Member", "localizedAccountNameLabel": Self.localized("Member", german: "Mitglied"),
            "customPlatformLabel": Self.localized("Track", german: "Gleis"),
            "rewardsTier": "Gold", "localizedRewardsTier": Self.localized("Gold", german: "Goldstufe"),
        ]
        let object: JSONObject = [
            "accountName": "Ada", "balance": ["micros": "12500000", "currencyCode": "EUR"],
            "ticketLeg": ["platform": "7"],
        ]
        let wanted: [(String, JSONValue)] = [
            ("en", [["Member", "Ada"], ["Balance", "€12.50"], ["Track", "7"], ["Tier", "Gold"]]),
            ("de", [["Mitglied", "Ada"], ["Balance", "12,50 €"], ["Gleis", "7"], ["Tier", "Goldstufe"]]),
        ]
        try await WalletPlatform.shared().visitConsole { browser, _ in
            for (language, fields) in wanted {
                let drawn = try await Self.draw(
                    ["cardTemplateOverride": ["cardRowTemplateInfos": rows]], class: kind, object: object,
                    language: language, in: browser,
                    """
                    return [...card.querySelectorAll('.gw-field')].map((item) =>
                        [...item.children].map((text) => text.textContent.replaceAll('\\u00a0', ' ')))
                    """)
                #expect(drawn == fields)
            }
        }
    }

    private static func localized(_ text: String, german: String) -> JSONValue {
        [
            "defaultValue": ["language": "en", "value": .string(text)],
            "translatedValues": [["language": "de", "value": .string(german)]],
        ]
    }

    @Test("has the title of each kind of pass, and a wide logo in the place of logo and issuer")
    func headers() async throws {
        let event: JSONObject = ["eventName": Self.localized("Opera", german: "Oper")]
        let leg: JSONObject = [
            "ticketLeg": [
                "originName": Self.localized("Basel", german: "Basel"),
                "destinationName": Self.localized("Milan", german: "Mailand"),
            ]
        ]
        let flight: JSONObject = [
            "flightHeader": [
                "carrier": ["carrierIataCode": "LX", "airlineLogo": Self.image], "flightNumber": "40",
            ],
            "origin": ["airportIataCode": "ZRH"], "destination": ["airportIataCode": "LAX"],
        ]
        let cases: [(JSONObject, JSONObject, JSONValue)] = [
            (["programName": "Beans"], [:], ["Issuer", "Beans"]),
            (["title": "A tenth off"], [:], ["Issuer", "A tenth off"]),
            (["merchantName": "Gifts"], [:], ["Issuer", "Gifts"]),
            (event, [:], ["Issuer", "Oper"]),
            (["transitType": "RAIL"], leg, ["Issuer", "Basel → Mailand"]),
            (flight, [:], ["Issuer", "LX40", "ZRH → LAX"]),
            (["title": "Wide", "wideTitleImage": Self.image], [:], ["", "Wide"]),
        ]
        try await WalletPlatform.shared().visitConsole { browser, _ in
            for (kind, object, wanted) in cases {
                let drawn = try await Self.draw(
                    [:], class: kind, object: object, language: "de", in: browser,
                    """
                    return [...card.querySelectorAll('.gw-head, .gw-head ~ p')].map((part) => part.textContent)
                    """)
                #expect(drawn == wanted)
            }
            let wideOnes: [JSONObject] = [
                ["wideLogo": Self.image, "logo": Self.image],
                ["flightHeader": ["carrier": ["airlineLogo": Self.image, "wideAirlineLogo": Self.image]]],
            ]
            for kind in wideOnes {
                let wide = try await Self.draw(
                    [:], class: kind, in: browser,
                    "return [...card.querySelectorAll('.gw-head img')].map((image) => image.className)")
                #expect(wide == ["gw-wide"])
            }
        }
    }

    @Test("leaves each of three long values its third of the row")
    func longValues() async throws {
        let modules = ["x", "y", "z"].map { id -> JSONValue in
            ["id": .string(id), "header": "Label", "body": .string(String(repeating: "Long value ", count: 6))]
        }
        let row: JSONValue = [
            "threeItems": [
                "startItem": Self.item("class.textModulesData['x']"),
                "middleItem": Self.item("class.textModulesData['y']"),
                "endItem": Self.item("class.textModulesData['z']"),
            ]
        ]
        try await WalletPlatform.shared().visitConsole { browser, _ in
            let isWide = try await Self.draw(
                ["cardTemplateOverride": ["cardRowTemplateInfos": [row]]],
                class: ["textModulesData": .array(modules)], in: browser,
                "return [...card.querySelectorAll('.gw-field')].map((item) => box(item).width > box(card).width / 4)"
            )
            #expect(isWide == [true, true, true])
        }
    }

    @Test("makes Google's two items itself, and lists what the template of the details says")
    func ownItems() async throws {
        let template: JSONObject = [
            "cardTemplateOverride": [
                "cardRowTemplateInfos": [
                    [
                        "twoItems": [
                            "startItem": ["predefinedItem": "FLIGHT_NUMBER_AND_OPERATING_FLIGHT_NUMBER"],
                            "endItem": ["predefinedItem": "FREQUENT_FLYER_PROGRAM_NAME_AND_NUMBER"],
                        ]
                    ]
                ]
            ],
            "detailsTemplateOverride": ["detailsItemInfos": [["item": Self.item(Self.module("c"))]]],
        ]
        let flight: JSONObject = [
            "flightHeader": [
                "carrier": ["carrierIataCode": "LX"], "flightNumber": "40",
                "operatingCarrier": ["carrierIataCode": "UA"], "operatingFlightNumber": "9",
            ]
        ]
        let flyer: JSONObject = [
            "reservationInfo": [
                "frequentFlyerInfo": [
                    "frequentFlyerProgramName": Self.localized("Miles", german: "Meilen"),
                    "frequentFlyerNumber": "4711",
                ]
            ]
        ]
        try await WalletPlatform.shared().visitConsole { browser, _ in
            let drawn = try await Self.draw(
                template, class: flight, object: flyer, in: browser,
                """
                return [...card.querySelectorAll('.gw-field span'), ...drawn.querySelectorAll('dt, dd')]
                    .map((text) => text.textContent)
                """)
            #expect(drawn == ["Flight", "LX40 / UA9", "Miles", "4711", "label c", "value c"])
        }
    }
}
