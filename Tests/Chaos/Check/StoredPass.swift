import JSON

/// A pass as the database has it.
struct StoredPass: Sendable {
    let key: String
    let version: Int
    let isOfNewestCampaign: Bool
    let points: Int?
    let mark: String?
    let tier: String?
    let slots: [Int: Int]

    /// Asks for all passes, one JSON object a line.
    static let statement = """
        SELECT json_build_object('serial', p.serial_number, 'key', p.contact ->> 'id', 'version', p.version,
            'isNewest', p.campaign_version = c.current_version, 'voucher', p.voucher)
        FROM issuer.passes p JOIN issuer.campaigns c ON c.id = p.campaign_id
        """

    /// Reads the lines, by serial number.
    static func read(_ lines: String) throws -> [String: StoredPass] {
        var passes: [String: StoredPass] = [:]
        for line in lines.split(separator: "\n") {
            let row = try JSON.parse(String(line))
            passes[row["serial"]?.stringValue ?? ""] = StoredPass(row)
        }
        return passes
    }

    private init(_ row: JSONValue) {
        key = row["key"]?.stringValue ?? ""
        version = row["version"]?.intValue ?? 0
        isOfNewestCampaign = row["isNewest"] == true
        points = row["voucher"]?["points"]?.intValue
        mark = row["voucher"]?["mark"]?.stringValue
        tier = row["voucher"]?["tier"]?.stringValue
        var slots: [Int: Int] = [:]
        for slot in 0..<WrittenPass.slots { slots[slot] = row["voucher"]?["slot\(slot)"]?.intValue }
        self.slots = slots
    }
}
