import Contracts
import HTTPTypes
import IPhoneSimulator
import JSON
import Support

extension Load {
    /// Changes a pass again and again; an attempt without an answer is followed by the next number.
    func change(_ serialNumber: String) async throws {
        while isOn.isUp {
            _ = try await changeOnce(serialNumber)
            try await pause(500...2_000)
        }
    }

    /// Changes a pass until it is acknowledged.
    func insistOnChange(_ serialNumber: String) async throws {
        while try await !changeOnce(serialNumber) { try await Task.sleep(for: .milliseconds(300)) }
    }

    private func changeOnce(_ serialNumber: String) async throws -> Bool {
        let number = await ledger.beginChange(of: serialNumber)
        let isDone = try await attempt(.patch) {
            try await platform.patch(
                serialNumber, PassPatch(voucher: .value(WrittenPass.voucher(change: number))))
        }
        if isDone { await ledger.acknowledgeChange(number, of: serialNumber) }
        return isDone
    }

    /// Changes all passes by one call, again and again.
    func updateAll(_ serialNumbers: [String]) async throws {
        while isOn.isUp {
            try await pause(3_000...6_000)
            let number = await ledger.beginMassUpdate()
            let lines = serialNumbers.map { serialNumber -> String in
                let line: JSONValue = [
                    "serialNumber": .string(serialNumber),
                    "voucher": ["tier": .string(WrittenPass.tier(number))],
                ]
                return line.description
            }
            let isDone = try await attempt(.massUpdate) {
                let rollout = try await update(lines)
                await ledger.acknowledgeMassUpdate(number)
                await end(of: rollout)
            }
            if !isDone { try await pause(2_000...2_000) }
        }
    }

    private func update(_ lines: [String]) async throws -> RolloutID {
        let answer = try await platform.admin.send(
            .post, "/admin/v1/pass-updates", headers: ["Content-Type": "application/x-ndjson"],
            body: Array(lines.joined(separator: "\n").utf8))
        return try JSON.decode(RolloutReference.self, from: answer.body).rolloutId
    }

    /// Changes the campaign again and again: what phones show as its name, and the colour at Google.
    func changeCampaign() async throws {
        while isOn.isUp {
            try await pause(8_000...15_000)
            let number = await ledger.beginCampaign()
            _ = try await attempt(.campaign) {
                let id = ["id": WalletPlatform.campaign.rawValue]
                var content = try await platform.admin.call(PassIssuerEndpoints.getCampaign, parameters: id).content
                content.pass["logoText"] = .string(Self.logoText(number))
                content.pass["backgroundColor"] = .string(Self.colour(number))
                let changed = try await platform.admin.call(
                    PassIssuerEndpoints.putCampaign, parameters: id, body: content)
                await ledger.acknowledgeCampaign(number)
                if let rollout = changed.rollout { await end(of: rollout.id) }
            }
        }
    }

    /// What phones show as the campaign's name after a change.
    static func logoText(_ number: Int) -> String { "Chaos \(number)" }

    /// The campaign's colour after a change.
    static func colour(_ number: Int) -> String { "rgb(0, \(number / 256), \(number % 256))" }

    /// Waits for a rollout while load is on; it goes on through whatever happens.
    private func end(of rollout: RolloutID) async {
        while isOn.isUp {
            // While pass-issuer is away nothing is known.
            let state = try? await platform.rollout(rollout).state
            guard state == nil || state == .running || state == .paused else { return }
            guard (try? await Task.sleep(for: .milliseconds(500))) != nil else { return }
        }
    }
}
