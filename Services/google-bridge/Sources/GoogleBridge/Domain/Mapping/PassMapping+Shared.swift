import Contracts
import GoogleWalletSchema
import JSON

/// Parts that stand on the class or on the object, by the kind and by what differs between passes.
extension PassMapping {
    /// Where a part belongs that both could hold: on the class, unless it differs between passes.
    func level(of property: String, from source: JSONPointer) -> GoogleLevel? {
        let canBeShared = GoogleSchema.type(kind, .class).properties[property] != nil
        let canBeOwn = GoogleSchema.type(kind, .object).properties[property] != nil
        if canBeShared, !content.tokens.vary(at: source) { return .class }
        return canBeOwn ? .object : nil
    }

    func writeColour(_ draft: inout ResourceDraft, _ level: GoogleLevel) {
        guard let colour = content.top("backgroundColor"), let text = colour.value.stringValue,
            self.level(of: "hexBackgroundColor", from: colour.source) == level
        else { return }
        let hex = content.isRaw(colour.source) ? text : HexColour.hex(text)
        draft.set(hex.map(JSONValue.string), at: "hexBackgroundColor", from: colour.source)
    }

    /// Images are a campaign's: they stand on the class, and on the object where the class has none.
    func writeImages(_ draft: inout ResourceDraft, _ level: GoogleLevel) {
        let source = JSONPointer(tokens: ["images"])
        if let hero = images.hero, self.level(of: "heroImage", from: source) == level {
            draft.set(image(hero), at: "heroImage", from: source)
        }
        guard kind.logoLevel == level else { return }
        let names = kind.logoPaths
        if let logo = images.logo { draft.set(image(logo, described: false), at: names.square, from: source) }
        if let logo = images.wideLogo { draft.set(image(logo, described: false), at: names.wide, from: source) }
    }

    func writeLocations(_ draft: inout ResourceDraft, _ level: GoogleLevel) {
        guard context.allowsMerchantLocations, let locations = content.top("locations"),
            self.level(of: "merchantLocations", from: locations.source) == level
        else { return }
        let places = (locations.value.arrayValue ?? []).prefix(10).compactMap { place -> JSONValue? in
            guard let latitude = place["latitude"], let longitude = place["longitude"] else { return nil }
            return ["latitude": latitude, "longitude": longitude]
        }
        if !places.isEmpty { draft.set(.array(places), at: "merchantLocations", from: locations.source) }
    }

    /// A button that opens a web page; addresses of apps are those of iPhones.
    func writeAppLink(_ draft: inout ResourceDraft, _ level: GoogleLevel) {
        guard let link = content.top("appLaunchURL"), let uri = link.value.stringValue,
            content.isRaw(link.source) || uri.lowercased().hasPrefix("https://"),
            self.level(of: "appLinkData", from: link.source) == level
        else { return }
        let name = content.issuer(canVary: false).text.value
        draft.set(
            ["uri": .string(uri), "description": .string(name)], at: "appLinkData", "webAppLinkInfo", "appTarget",
            "targetUri", from: link.source)
    }

    /// An image at its public address.
    func image(_ image: GoogleImage, described: Bool = true) -> JSONValue {
        let base = context.assetBaseURL.hasSuffix("/") ? String(context.assetBaseURL.dropLast()) : context.assetBaseURL
        var result: JSONObject = ["sourceUri": ["uri": .string("\(base)/images/\(image.sha256).png")]]
        let description = PassContent.place("description")
        if described, let text = content.pass["description"]?.stringValue, !text.isEmpty,
            !content.tokens.vary(at: description)
        {
            let localized = content.languages.localized(text).withoutVarying
            result["contentDescription"] = localized.json(content.languages.defaultTag)
        }
        return .object(result)
    }
}

extension GoogleKind {
    /// Where a kind has its logos.
    var logoLevel: GoogleLevel { self == .generic ? .object : .class }

    /// The places of the square and the wide logo.
    var logoPaths: (square: [String], wide: [String]) {
        switch self {
        case .offer: (["titleImage"], ["wideTitleImage"])
        case .loyalty, .giftCard: (["programLogo"], ["wideProgramLogo"])
        case .generic, .eventTicket, .transit: (["logo"], ["wideLogo"])
        case .flight: (["flightHeader", "carrier", "airlineLogo"], ["flightHeader", "carrier", "wideAirlineLogo"])
        }
    }
}
