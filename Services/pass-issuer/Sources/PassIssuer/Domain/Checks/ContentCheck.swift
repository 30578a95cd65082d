import HTTPTypes
import JSON

/// pass.json: that phones can read it, and the rules of its content.
struct ContentCheck {
    static let file = IdentityCheck.file

    /// Since 1970.
    let now: Int

    /// Checks the file; the result is its content, when it can be read.
    func check(_ archive: PackageArchive, _ findings: inout [Finding]) -> JSONObject? {
        guard let bytes = archive.file(Self.file), let pass = Self.read(bytes, Self.file, &findings) else { return nil }
        IdentityCheck.check(pass, &findings)
        var content = pass
        for key in PassKeys.identity { content.removeValue(forKey: key) }
        // Their absence is told with the other keys that name a pass.
        let told = ["/pass/description", "/pass/organizationName"]
        findings += PassValidator(hasOrganizationName: true).faults(inPackage: .object(content))
            .filter { !($0.severity == .error && told.contains($0.pointer.description)) }
            .map { Finding($0, in: Self.file, dropping: 1) }
        checkDates(pass, &findings)
        return pass
    }

    /// Reads a JSON file as forgivingly as possible, and tells what phones don't forgive.
    static func read(_ bytes: [UInt8], _ file: String, _ findings: inout [Finding]) -> JSONObject? {
        let text = TextFile(bytes)
        if text.encoding != .utf8 {
            findings.append(
                Finding(
                    .warning, file, "\(file) is written in \(text.encoding.rawValue).", .unknown, "Write it in UTF-8."))
        }
        do {
            let json = try TolerantJSON(parsing: text.encoding == .utf8 ? bytes : Array(text.text.utf8))
            for repair in json.repairs {
                findings.append(
                    Finding(
                        repair.reason == .byteOrderMark ? .warning : .error, file, "\(file), \(repair).",
                        .refusesOrLeavesOut, "Write strict JSON; a JSON library does."))
            }
            if let object = json.value.objectValue { return object }
            findings.append(Finding(.error, file, "\(file) is no JSON object.", .refusesPackage, "Write an object."))
        } catch {
            findings.append(
                Finding(
                    .error, file, "\(file) is no JSON: \(error).", .refusesPackage,
                    "Write it with a JSON library instead of by hand."))
        }
        return nil
    }

    private func checkDates(_ pass: JSONObject, _ findings: inout [Finding]) {
        if let date = pass["expirationDate"]?.stringValue.flatMap(PassDate.init), date.seconds <= now {
            add("expirationDate", "The pass expired on \(date.text): phones show it among the expired ones.", &findings)
        }
        if pass["voided"]?.boolValue == true {
            add("voided", "The pass is void: phones show it among the expired ones.", &findings)
        }
    }

    private func add(_ key: String, _ reason: String, _ findings: inout [Finding]) {
        findings.append(
            Finding(.information, Self.file, reason, .showsAnyway, nil, at: JSONPointer(tokens: [key])))
    }
}
