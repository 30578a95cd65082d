import Contracts
import HTTPClient
import HTTPTypes
import JSON

extension WalletPlatform {
    /// Changes what all passes of the demo campaign show; returns the rollout.
    public func changeCampaign(logoText: String) async throws -> RolloutID {
        let id = ["id": Self.campaign.rawValue]
        var content = try await admin.call(PassIssuerEndpoints.getCampaign, parameters: id).content
        content.pass["logoText"] = .string(logoText)
        let changed = try await admin.call(PassIssuerEndpoints.putCampaign, parameters: id, body: content)
        guard let rollout = changed.rollout else { throw ProgramFailure(description: "no rollout was started") }
        return rollout.id
    }

    /// Sends the lines of a mass update; returns its rollout.
    public func updatePasses(_ lines: [UInt8]) async throws -> RolloutID {
        let answer = try await client.send(
            HTTPClientRequest(
                method: .post, url: issuer.internalURL + "/admin/v1/pass-updates",
                headers: ["Authorization": "Bearer \(secrets.admin)", "Content-Type": "application/x-ndjson"],
                body: lines, deadline: .seconds(120)))
        guard answer.status == .accepted else {
            throw ProgramFailure(description: "the update was answered \(answer.status)")
        }
        return try JSON.decode(RolloutReference.self, from: answer.body).rolloutId
    }

    /// A rollout as the admin sees it.
    public func rollout(_ id: RolloutID) async throws -> Rollout {
        try await admin.call(PassIssuerEndpoints.getRollout, parameters: ["id": id.rawValue])
    }

    /// Waits for the end of a rollout, through restarts of pass-issuer.
    @discardableResult public func endOfRollout(
        _ id: RolloutID, within deadline: Duration = .seconds(60)
    ) async throws -> Rollout {
        try await eventually(within: deadline, "the rollout to end") {
            // While pass-issuer is away nothing is known.
            guard let rollout = try? await rollout(id) else { return false }
            return ![.running, .paused].contains(rollout.state)
        }
        return try await rollout(id)
    }
}
