import JSON
import Support

extension Checker {
    /// The webhook was told of everything, of each thing under one id.
    func checkEvents(_ written: [String: WrittenPass], _ stored: [String: StoredPass]) {
        var contents: [String: [UInt8]] = [:]
        var ids: [String: [String: Set<String>]] = [:]
        var versions: [String: [Int: String]] = [:]
        for event in stage.receiver.taken {
            if let earlier = contents[event.id] {
                if earlier != event.body { findings.add("doubled: two events have the id \(event.id)") }
                continue
            }
            contents[event.id] = event.body
            ids[event.serialNumber, default: [:]][event.type, default: []].insert(event.id)
            guard event.type == "updated" || event.type == "issued" else { continue }
            let version = event.json["data"]?["version"]?.intValue ?? 0
            if versions[event.serialNumber, default: [:]].updateValue(event.id, forKey: version) != nil {
                findings.add("doubled: two events tell of version \(version) of \(event.serialNumber)")
            }
        }
        for (serialNumber, pass) in written {
            let told = ids[serialNumber]?.mapValues(\.count) ?? [:]
            expect(told, "issued", 1, serialNumber)
            if pass.wallet == .google {
                expect(told, "saved", 1, serialNumber)
            } else {
                expect(told, "installed", pass.registrations, serialNumber)
                expect(told, "removed", pass.removals, serialNumber)
            }
            let newest = versions[serialNumber]?.keys.max() ?? 0
            if let version = stored[serialNumber]?.version, newest != version {
                findings.add("lost: the webhook knows version \(newest) of \(serialNumber), which has \(version)")
            }
        }
    }

    private func expect(_ told: [String: Int], _ type: String, _ count: Int, _ serialNumber: String) {
        let found = told[type] ?? 0
        guard found != count else { return }
        findings.add(
            "\(found < count ? "lost" : "doubled"): \(found) events '\(type)' of \(serialNumber), not \(count)")
    }
}
