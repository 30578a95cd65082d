/// The identifiers that a line of iOS names, found by the words before them.
struct DeviceLogMentions {
    let passTypeIdentifier: String?
    let serialNumber: String?
    /// What must not be kept in the line: serial numbers, device identifiers and tokens, in order of appearance.
    let secrets: [String]

    init(_ line: String) {
        // "Register task (for device D, pass type P, serial number S; with web service url …) encountered error: …"
        // "Web service error for P (https://…): Server requested update to serial number 'S', but …"
        let types = Self.values(after: ["pass type ", "error for "], in: line, until: " ,;()'\"")
        passTypeIdentifier = types.first
        let quoted = Self.values(after: ["serial number '"], in: line, until: "'")
        let unquoted = Self.values(after: ["serial number "], in: line, until: ",;)").filter { !$0.hasPrefix("'") }
        let serialNumbers = quoted + unquoted.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
        serialNumber = serialNumbers.first
        let devices = Self.values(after: ["device ", "Device = ", "/devices/"], in: line, until: " ,;()'\"/")
        let tokens = Self.values(
            after: ["ApplePass ", "AttidoPass ", "authenticationToken=", "authenticationToken ", "pushToken "],
            in: line, until: " ,;()'\"")
        var pathSegments = types.flatMap {
            Self.values(after: ["/registrations/\($0)/", "/passes/\($0)/"], in: line, until: " ,;()'\"/?")
        }
        if types.isEmpty { pathSegments = Self.values(after: ["/passes/"], in: line, until: " ,;()'\"?") }
        secrets = serialNumbers + devices + tokens + pathSegments
    }

    private static func values(after words: [String], in line: String, until ends: String) -> [String] {
        words.flatMap { word -> [String] in
            var found: [String] = []
            var rest = line[...]
            while let start = rest.firstRange(of: word) {
                let value = rest[start.upperBound...].prefix { !ends.contains($0) }
                let trimmed = value.drop { $0 == " " }
                if !trimmed.isEmpty { found.append(String(trimmed)) }
                rest = rest[start.upperBound...]
            }
            return found
        }
    }
}
