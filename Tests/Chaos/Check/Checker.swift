import Contracts
import JSON
import Support

/// Compares what was acknowledged with what there is.
struct Checker: Sendable {
    let stage: Stage

    var platform: WalletPlatform { stage.platform }
    var findings: Findings { stage.findings }

    /// Looks at everything; what is wrong is a finding.
    func run() async throws {
        let stored = try StoredPass.read(try await platform.query(StoredPass.statement))
        let written = await stage.ledger.passes
        await check(written, stored)
        try await checkRollouts()
        try await checkRegistrations()
        let campaign = try await checkCampaign()
        await checkPhones(stored, logoText: campaign)
        try await checkGoogle(written, stored)
        checkEvents(written, stored)
    }

    /// Every acknowledged write is in the database, and no link has made two passes.
    private func check(_ written: [String: WrittenPass], _ stored: [String: StoredPass]) async {
        let massUpdates = await stage.ledger.massUpdates
        for (serialNumber, pass) in written {
            guard let found = stored[serialNumber] else {
                findings.add("lost: the pass \(serialNumber)")
                continue
            }
            if !pass.changes.allows(found.points) {
                findings.add(
                    "lost: change \(pass.changes.words) of \(serialNumber); it has \(found.points ?? -1) points")
            }
            for (slot, number) in pass.acknowledgedSlots where (found.slots[slot] ?? -1) < number {
                findings.add("lost: change \(number) of \(serialNumber)")
            }
            let tier = found.tier.flatMap { Int($0.dropFirst().dropLast()) }
            if pass.isSteady, !massUpdates.allows(tier) {
                findings.add(
                    "lost: mass update \(massUpdates.words) of \(serialNumber); it has \(found.tier ?? "none")")
            }
            if !found.isOfNewestCampaign { findings.add("\(serialNumber) has an old version of the campaign") }
        }
        let opened = await stage.ledger.openedKeys
        var keys: Set<String> = []
        for (serialNumber, pass) in stored {
            if !keys.insert(pass.key).inserted { findings.add("doubled: two passes of the link \(pass.key)") }
            if !opened.contains(pass.key) { findings.add("a pass that no link made: \(serialNumber)") }
        }
    }

    private func checkRollouts() async throws {
        let failed = try await platform.query(
            """
            SELECT r.id, r.cause, r.state, r.failed, e.reason FROM issuer.rollouts r
            LEFT JOIN issuer.rollout_errors e ON e.rollout_id = r.id WHERE r.state = 'failed' OR r.failed > 0
            """)
        for row in failed.split(separator: "\n") { findings.add("a rollout failed: \(row)") }
    }

    /// A phone has the registrations that were acknowledged, and no other.
    private func checkRegistrations() async throws {
        let rows = try await platform.query(
            "SELECT device_library_identifier || ' ' || serial_number FROM registry.registrations")
        let stored = Set(rows.split(separator: "\n").map(String.init))
        let wanted = await stage.ledger.registrations
        for (registration, isThere) in wanted where stored.contains(registration) != isThere {
            findings.add("\(isThere ? "lost" : "still there"): the registration \(registration)")
        }
        for registration in stored where wanted[registration] == nil {
            findings.add("a registration that nobody made: \(registration)")
        }
    }

    /// The campaign's newest change; what phones show of it.
    private func checkCampaign() async throws -> String {
        let id = ["id": WalletPlatform.campaign.rawValue]
        let content = try await platform.admin.call(PassIssuerEndpoints.getCampaign, parameters: id).content
        let text = content.pass["logoText"]?.stringValue ?? ""
        let changes = await stage.ledger.campaign
        let number = text.split(separator: " ").last.flatMap { Int($0) } ?? 0
        if !changes.allows(number) { findings.add("lost: change \(changes.words) of the campaign, which is \(text)") }
        return text
    }

    /// Every phone holds the newest content of each of its passes.
    private func checkPhones(_ stored: [String: StoredPass], logoText: String) async {
        var stale: [String] = []
        _ = await eventually(within: .seconds(60)) {
            stale = await self.stale(stored, logoText: logoText)
            return stale.isEmpty
        }
        for phone in stale { findings.add("not the newest: \(phone)") }
        for complaint in await stage.fleet.complaints { findings.add("a phone was answered wrongly: \(complaint)") }
        if await stage.fleet.counts.abandoned > 0 { findings.add("a phone has given up") }
    }

    private func stale(_ stored: [String: StoredPass], logoText: String) async -> [String] {
        var stale: [String] = []
        for phone in await stage.fleet.phones {
            for (serialNumber, held) in phone.passes {
                let content = held.content.flatMap { PassContent($0) }
                let wanted = stored[serialNumber]
                let isNewest =
                    content?.points == wanted?.points && content?.field("tier")?.stringValue == wanted?.tier
                    && content?.field("mark")?.stringValue == wanted?.mark
                    && content?.json["logoText"]?.stringValue == logoText
                if !isNewest {
                    stale.append(
                        "\(serialNumber) on a phone shows \(content?.points ?? -1) points, "
                            + "\(content?.json["logoText"]?.stringValue ?? "no campaign"); newest are "
                            + "\(wanted?.points ?? -1), \(logoText)")
                }
            }
        }
        return stale
    }
}
