import GoogleWalletSimulator
import JSON
import Support

extension Checker {
    /// Google has each pass once and as it is, and one class.
    func checkGoogle(_ written: [String: WrittenPass], _ stored: [String: StoredPass]) async throws {
        let google = stage.google
        let passes = written.filter { $0.value.wallet == .google }
        let counts = google.resourceCounts
        if counts.classes != 1 { findings.add("Google has \(counts.classes) classes") }
        if counts.objects != passes.count {
            findings.add("Google has \(counts.objects) objects for \(passes.count) passes")
        }
        for serialNumber in passes.keys {
            let object = google.resource(.object, "\(Stage.issuerID).\(serialNumber)").map { "\($0)" } ?? ""
            for text in [stored[serialNumber]?.mark, stored[serialNumber]?.tier] {
                guard let text, !object.contains("\"\(text)\"") else { continue }
                findings.add("not the newest: \(serialNumber) at Google lacks \(text): \(object.prefix(1_500))")
            }
        }
        let wrong = try await platform.query(
            """
            SELECT 'the resource ' || resource_id || ' is ' || state || ': ' || coalesce(error, '')
            FROM google.resources WHERE state <> 'ready' UNION ALL
            SELECT 'the operation ' || kind || ' of ' || resource_id || ' failed: ' || coalesce(last_error, '')
            FROM google.operations WHERE state = 'failed'
            """)
        for row in wrong.split(separator: "\n") { findings.add("google-bridge: \(row)") }
        try await checkClass()
    }

    private func checkClass() async throws {
        let row = try await platform.query(
            "SELECT class_id, request -> 'pass' ->> 'backgroundColor' FROM google.classes")
        let parts = row.split(separator: "|")
        let (id, colour) = (String(parts.first ?? ""), String(parts.last ?? ""))
        let numbers = colour.split { !$0.isNumber }.compactMap { Int($0) }
        let wanted = "#" + numbers.map { String($0 + 256, radix: 16).suffix(2) }.joined()
        let found = stage.google.resource(.class, id)?["hexBackgroundColor"]?.stringValue ?? "none"
        if found.lowercased() != wanted { findings.add("not the newest: the class has \(found), not \(wanted)") }
        let campaign = await stage.ledger.campaign
        let number = numbers.suffix(2).reduce(0) { $0 * 256 + $1 }
        if campaign.acknowledged > 0, !campaign.allows(number) {
            findings.add("lost: google-bridge has change \(number) of the campaign, not \(campaign.words)")
        }
    }
}
