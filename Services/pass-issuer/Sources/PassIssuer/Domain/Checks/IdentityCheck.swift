import JSON

/// The keys of pass.json that name a pass and where it is updated.
enum IdentityCheck {
    static let file = "pass.json"

    static func check(_ pass: JSONObject, _ findings: inout [Finding]) {
        checkFormatVersion(pass["formatVersion"], &findings)
        for key in ["passTypeIdentifier", "teamIdentifier", "serialNumber", "organizationName", "description"] {
            checkText(key, pass[key], &findings)
        }
        if let id = pass["passTypeIdentifier"]?.stringValue, !id.isEmpty, !id.hasPrefix("pass.") {
            add(
                .error, "passTypeIdentifier", "\"\(id)\" does not begin with \"pass.\".",
                "Write it as Apple registered it.", &findings)
        }
        checkWebService(pass, &findings)
    }

    private static func checkFormatVersion(_ value: JSONValue?, _ findings: inout [Finding]) {
        guard value?.intValue != 1 else { return }
        add(
            .error, "formatVersion", value == nil ? "formatVersion is missing." : "formatVersion is not the number 1.",
            "Write \"formatVersion\": 1, without quotation marks.", &findings)
    }

    private static func checkText(_ key: String, _ value: JSONValue?, _ findings: inout [Finding]) {
        switch value {
        case .string(let text) where TextRule.notEmpty.accepts(text): return
        case nil: add(.error, key, "\(key) is missing.", "Add it.", &findings)
        case .string: add(.error, key, "\(key) is empty.", "Write it.", &findings)
        default: add(.error, key, "\(key) is no text.", "Put it in quotation marks.", &findings)
        }
    }

    private static func checkWebService(_ pass: JSONObject, _ findings: inout [Finding]) {
        let url = pass["webServiceURL"]
        let token = pass["authenticationToken"]
        switch (url, token) {
        case (nil, nil):
            add(
                .information, "webServiceURL", "The pass has no web service, so it never changes.", nil,
                effect: .neverUpdates, &findings)
        case (nil, _):
            add(
                .error, "authenticationToken", "authenticationToken stands without webServiceURL.",
                "Add webServiceURL, or remove it.", effect: .neverUpdates, &findings)
        case (_, nil):
            add(
                .error, "webServiceURL", "webServiceURL stands without authenticationToken.",
                "Add authenticationToken, or remove it.", effect: .neverUpdates, &findings)
        case (let url?, let token?): checkWebService(url, token, &findings)
        }
    }

    private static func checkWebService(_ url: JSONValue, _ token: JSONValue, _ findings: inout [Finding]) {
        let address = url.stringValue ?? ""
        if !WebAddress.isWebURL(address) {
            add(
                .error, "webServiceURL", "webServiceURL is no web address.", "Write an https address.",
                effect: .neverUpdates, &findings)
        } else if !address.lowercased().hasPrefix("https://") {
            add(
                .error, "webServiceURL", "webServiceURL is not https; only phones set up for development take http.",
                "Serve it over https with a certificate that phones trust.", effect: .neverUpdates, &findings)
        } else if let host = address.dropFirst(8).split(whereSeparator: { "/:?#".contains($0) }).first,
            host == "localhost" || host.hasPrefix("127.") || host.hasPrefix("192.168.") || host.hasPrefix("10.")
        {
            add(
                .warning, "webServiceURL", "webServiceURL leads to a private network.",
                "Write an address that phones reach from everywhere.", effect: .neverUpdates, &findings)
        }
        if (token.stringValue ?? "").count < 16 {
            add(
                .error, "authenticationToken", "authenticationToken has fewer than 16 characters.",
                "Write a random text of 16 characters or more.", effect: .neverUpdates, &findings)
        }
    }

    private static func add(
        _ severity: Finding.Severity, _ key: String, _ reason: String, _ remedy: String?,
        effect: PhoneEffect = .refusesPackage, _ findings: inout [Finding]
    ) {
        findings.append(Finding(severity, file, reason, effect, remedy, at: JSONPointer(tokens: [key])))
    }
}
