import Contracts
import JSON

extension PassMapping {
    /// What cannot be carried over, with the reason.
    var notes: [MappingNote] {
        kindNotes + particulars.notes + unusedKeys + unusedParts + images.notes + languageNotes
    }

    private var languageNotes: [MappingNote] {
        content.languages.unknownNames.map { name in
            MappingNote(
                JSONPointer(tokens: ["localizations", name]), "'\(name)' names no language; its texts are left out.")
        }
    }

    /// Keys of pass.json that Google has nothing for.
    private var unusedKeys: [MappingNote] {
        content.pass.keys.compactMap { key in
            reason(forKey: key).map { MappingNote(PassContent.place(key), $0) }
        }
    }

    private func reason(forKey key: String) -> String? {
        if let reason = Self.appleOnly[key] { return reason }
        if key == "logoText", !particulars.showsLogoText { return "Google shows the issuer's name there." }
        guard !Self.known.contains(key), !ContentStyle.allCases.contains(where: { $0.rawValue == key }),
            !ContentLink.keys.contains(key)
        else { return nil }
        return "It is not known what this is; Google gets nothing of it."
    }

    /// Keys that are carried over, at least where their values allow it.
    private static let known: Set<String> = [
        "appLaunchURL", "backgroundColor", "barcode", "barcodes", "description", "expirationDate", "groupingIdentifier",
        "locations", "logoText", "nfc", "organizationName", "relevantDate", "relevantDates", "semantics",
        "sharingProhibited", "voided",
    ]

    private static let appleOnly: [String: String] = [
        "foregroundColor": "Google chooses the colours of texts itself.",
        "labelColor": "Google chooses the colours of texts itself.",
        "stripColor": "Google has one background colour alone.",
        "footerBackgroundColor": "Google has one background colour alone.",
        "useAutomaticColors": "Google chooses the colours of texts itself.",
        "suppressHeaderDarkening": "It is about how iPhones draw.",
        "suppressStripShine": "It is about how iPhones draw.",
        "preferredStyleSchemes": "Google has one arrangement for each kind.",
        "posterGeneric": "Google has one arrangement for each kind; the generic style is used.",
        "logoSymbolName": "The symbols are Apple's.",
        "eventLogoText": "Google shows the issuer's name there.",
        "beacons": "Google knows no beacons.",
        "maxDistance": "Google chooses the distance itself.",
        "userInfo": "It is read by apps on iPhones alone.",
        "associatedStoreIdentifiers": "The apps are Apple's; name an Android app in google.object.appLinkData.",
        "auxiliaryStoreIdentifiers": "The apps are Apple's; name an Android app in google.object.appLinkData.",
        "featuredActions": "Google has no buttons of this kind.",
        "upcomingPassInformation": "Google has one event for each pass.",
    ]

    /// Values of keys that are carried over in part.
    private var unusedParts: [MappingNote] {
        colourNotes + barcodeNotes + locationNotes + dateNotes + linkNotes + smartTapNotes + tagNotes + fieldNotes
    }

    private var colourNotes: [MappingNote] {
        guard let colour = content.top("backgroundColor") else { return [] }
        if level(of: "hexBackgroundColor", from: colour.source) == nil {
            return [MappingNote(colour.source, "Google has one colour for all passes of this kind, and this differs.")]
        }
        guard !content.isRaw(colour.source), colour.value.stringValue.flatMap(HexColour.hex) == nil else { return [] }
        return [MappingNote(colour.source, "It is no colour; Google chooses one.")]
    }

    private var barcodeNotes: [MappingNote] {
        let all = content.barcodes
        guard let first = all.first else { return [] }
        guard let used = content.barcode else {
            return [MappingNote(first.source, "Google draws no barcode of this format.")]
        }
        return all.filter { $0.source != used.source }.map {
            MappingNote($0.source, "Google shows one barcode, the first that it can draw.")
        }
    }

    private var locationNotes: [MappingNote] {
        guard let locations = content.top("locations") else { return [] }
        let places = locations.value.arrayValue ?? []
        if !context.allowsMerchantLocations {
            return [MappingNote(locations.source, "Google lets this issuer use no places.")]
        }
        var notes: [MappingNote] = []
        if places.count > 10 {
            notes.append(MappingNote(locations.source, "Google takes ten places; the others are left out."))
        }
        for (index, place) in places.enumerated() {
            let dropped = ["relevantText", "altitude"].filter { place[$0] != nil }
            guard !dropped.isEmpty else { continue }
            let names = dropped.joined(separator: " and ")
            notes.append(MappingNote(locations.source.appending(index), "Google has no \(names) for a place."))
        }
        return notes
    }

    private var dateNotes: [MappingNote] {
        let dates = content.relevantDates
        var notes: [MappingNote] = []
        if dates.count > 1 {
            notes.append(MappingNote(PassContent.place("relevantDates"), "Google has one date; the first is used."))
        }
        if !particulars.showsRelevantDate, let start = dates.first?.start, let first = start.date?.instant,
            let last = content.expiry?.instant, first >= last
        {
            notes.append(
                MappingNote(start.source, "It is not before the date of expiry; Google gets the expiry alone."))
        }
        return notes
    }

    private var linkNotes: [MappingNote] {
        guard let link = content.top("appLaunchURL"), !content.isRaw(link.source),
            link.value.stringValue?.lowercased().hasPrefix("https://") != true
        else { return [] }
        return [MappingNote(link.source, "It opens an app on iPhones; Google opens https:// addresses alone.")]
    }

    private var smartTapNotes: [MappingNote] {
        guard content.pass["nfc"] != nil, !isSmartTapEnabled else { return [] }
        return [
            MappingNote(
                PassContent.place("nfc"),
                "Google's readers are for its partners; a partner sets enableSmartTap and redemptionIssuers in"
                    + " google.class.")
        ]
    }

    private var tagNotes: [MappingNote] {
        let places =
            [(content.pass["semantics"], PassContent.place("semantics"))]
            + content.fields.map { ($0.members["semantics"], $0.pointer.appending("semantics")) }
        return places.compactMap { tags, place in
            let unknown = (tags?.objectValue?.keys ?? []).filter { !particulars.knownTags.contains($0) }
            guard !unknown.isEmpty else { return nil }
            return MappingNote(
                place, "Google's passes of this kind have no fields for \(unknown.joined(separator: ", ")).")
        }
    }

    private var fieldNotes: [MappingNote] {
        var notes: [MappingNote] = []
        for field in content.fields {
            if field.members["isRelative"]?.boolValue == true {
                notes.append(MappingNote(field.pointer.appending("isRelative"), "Google gets the date itself."))
            }
            let style = field.members["numberStyle"]?.stringValue ?? ""
            if ["PKNumberStyleScientific", "PKNumberStyleSpellOut"].contains(style) {
                notes.append(MappingNote(field.pointer.appending("numberStyle"), "Google gets the number in digits."))
            }
        }
        let modules = moduleFields.filter { !isLinkAlone($0) }.count
        if modules > Self.shownModules {
            let place = content.style.map { PassContent.place($0.rawValue) } ?? JSONPointer(tokens: ["pass"])
            notes.append(
                MappingNote(
                    place,
                    "Google shows \(Self.shownModules) texts of a pass; the last of these \(modules) may not show."))
        }
        return notes
    }

    private static let shownModules = 10
}
