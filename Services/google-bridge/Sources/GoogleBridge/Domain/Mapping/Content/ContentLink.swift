import JSON

/// A link of the content.
struct ContentLink: Sendable {
    /// Its address.
    let uri: String
    /// The words that stand for it in a text; nil when the address itself stands there.
    let text: String?
    /// What it is called.
    let description: LocalizedText?
    /// What its id is made of.
    let moduleID: String
    /// Where it stands in the message.
    let source: JSONPointer

    /// The keys of pass.json that hold addresses.
    static let keys = Set(PassContent.linkKeys.map(\.key))
}

extension PassContent {
    /// The links in a field's text.
    func links(of field: ContentField) -> [ContentLink] {
        let label = label(of: field)
        if let markup = field.members["attributedValue"]?.stringValue {
            let (text, anchors) = Links.anchors(in: markup)
            if !anchors.isEmpty {
                return anchors.map { anchor in
                    let words = anchor.text?.trimmingSpaces ?? ""
                    return ContentLink(
                        uri: anchor.uri, text: words,
                        description: words.isEmpty || words == text && label != nil
                            ? label : languages.localized(words),
                        moduleID: field.moduleID, source: field.pointer.appending("attributedValue"))
                }
            }
        }
        guard let text = field.value.stringValue, !field.isDate else { return [] }
        return Links.detected(in: text, field.detectors).map { link in
            ContentLink(
                uri: link.uri, text: nil, description: label, moduleID: field.moduleID, source: field.valuePointer)
        }
    }

    /// The addresses of pass.json that phones show as buttons.
    var passLinks: [ContentLink] {
        Self.linkKeys.compactMap { key, description in
            guard let text = pass[key]?.stringValue, !text.isEmpty else { return nil }
            let source = Self.place(key)
            guard let uri = isRaw(source) ? text : Self.uri(text, ofKey: key) else { return nil }
            return ContentLink(
                uri: uri, text: nil, description: languages.localized(description), moduleID: key, source: source)
        }
    }

    private static func uri(_ text: String, ofKey key: String) -> String? {
        if key.hasSuffix("Email") { return "mailto:" + text }
        if key.hasSuffix("PhoneNumber") { return Links.phoneNumber(text.trimmingSpaces).map { "tel:" + $0 } }
        return Links.openable(text)
    }

    static let linkKeys: KeyValuePairs = [
        "accessibilityURL": "Accessibility", "addOnURL": "Add-ons", "bagPolicyURL": "Bag policy",
        "changeSeatURL": "Change seat", "contactVenueEmail": "E-mail", "contactVenuePhoneNumber": "Call the venue",
        "contactVenueWebsite": "Website of the venue", "directionsInformationURL": "Directions",
        "entertainmentURL": "Entertainment", "managementURL": "Manage", "merchandiseURL": "Merchandise",
        "orderFoodURL": "Order food", "parkingInformationURL": "Parking",
        "purchaseAdditionalBaggageURL": "Add baggage", "purchaseLoungeAccessURL": "Lounge access",
        "purchaseParkingURL": "Buy parking", "purchaseWifiURL": "Wi-Fi",
        "registerServiceAnimalURL": "Service animals", "reportLostBagURL": "Report a lost bag",
        "requestWheelchairURL": "Request a wheelchair", "sellURL": "Sell", "trackBagsURL": "Track bags",
        "transferURL": "Transfer", "transitInformationURL": "Transit", "transitProviderEmail": "E-mail",
        "transitProviderPhoneNumber": "Call", "transitProviderWebsiteURL": "Website", "upgradeURL": "Upgrade",
    ]
}

extension ContentField {
    /// What phones look for in the text.
    var detectors: Links.Detectors {
        guard let names = members["dataDetectorTypes"]?.arrayValue else {
            return members["dataDetectorTypes"] == nil ? .standard : []
        }
        return names.reduce(into: []) { detectors, name in
            switch name.stringValue {
            case "PKDataDetectorTypePhoneNumber": detectors.insert(.phoneNumber)
            case "PKDataDetectorTypeLink": detectors.insert(.link)
            case "PKDataDetectorTypeAddress": detectors.insert(.address)
            default: break
            }
        }
    }
}
