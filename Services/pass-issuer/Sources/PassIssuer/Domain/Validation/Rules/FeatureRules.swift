import JSON

/// Keys of the whole pass that need each other or a style.
enum FeatureRules {
    /// The longest NFC message in bytes; phones cut what is longer.
    static let longestNFCMessage = 64

    static func check(_ pass: JSONObject, style: PassStyle?, _ inspection: inout Inspection) {
        if pass["groupingIdentifier"] != nil, let style, !style.isGroupable {
            inspection.record(
                .error, at: "groupingIdentifier", "Only boarding passes and event tickets are grouped.",
                "Remove \"groupingIdentifier\".", effect: .ignores)
        }
        if pass["appLaunchURL"] != nil, isEmpty(pass["associatedStoreIdentifiers"]) {
            inspection.record(
                .error, at: "appLaunchURL", "There is no app to launch with the address.",
                "Add \"associatedStoreIdentifiers\" with the app's number in the App Store.")
        }
        checkNFC(pass, &inspection)
        checkActions(pass, &inspection)
    }

    private static func isEmpty(_ value: JSONValue?) -> Bool {
        guard let value else { return true }
        return value.arrayValue?.isEmpty ?? false
    }

    private static func checkNFC(_ pass: JSONObject, _ inspection: inout Inspection) {
        guard case .object(let nfc) = pass["nfc"] else { return }
        inspection.at("nfc") { inspection in
            guard let message = inspection.read(nfc["message"]).string, message.utf8.count > longestNFCMessage else {
                return
            }
            inspection.record(
                .error, at: "message",
                "The message has \(message.utf8.count) bytes; phones cut it after \(longestNFCMessage).",
                "Shorten it to \(longestNFCMessage) bytes.", effect: .cuts)
        }
        if nfc["requiresAuthentication"]?.boolValue == true, pass["sharingProhibited"]?.boolValue != true {
            inspection.record(
                .warning, at: "sharingProhibited", "The NFC pass requires authentication and can be shared.",
                "Set \"sharingProhibited\" to true.")
        }
    }

    private static func checkActions(_ pass: JSONObject, _ inspection: inout Inspection) {
        let schemes = SchemeRules.schemes(of: pass, inspection)
        inspection.at("featuredActions") { inspection in
            if pass["featuredActions"] != nil,
                schemes.contains(SchemeRules.poster) || schemes.contains(SchemeRules.boarding)
            {
                inspection.warn(
                    "Poster event tickets and semantic boarding passes show no featured actions.",
                    "Use the keys of the event guide or of the boarding pass instead.")
            }
            inspection.checkUnique("identifier", in: pass["featuredActions"], "action")
            inspection.forEach(of: pass["featuredActions"]) { inspection, _, action in
                guard let type = inspection.read(action["type"]).string else { return }
                if !ActionKeys.types.contains(type) {
                    inspection.record(
                        .warning, at: "type", "\(inspection.shown(type)) is no action that is known.",
                        "Use one of \(ActionKeys.types.joined(separator: ", ")).")
                }
                let key = type == "place" ? "placeIdentifier" : "url"
                if action[key] == nil {
                    inspection.record(
                        .error, at: key, "An action of the type \(inspection.shown(type)) needs \"\(key)\".",
                        "Add \"\(key)\".")
                }
            }
        }
    }
}
