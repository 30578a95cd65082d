import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON

/// Where classes at Google are not as they should be.
extension ClassAdministration {
    /// Every difference of a campaign's classes, in the keys that are ours.
    func drift(_ id: CampaignID) async throws -> GoogleDrift {
        guard let campaign = try await classes.campaign(id) else { throw BridgeError.unknownCampaign(id) }
        let issuer = try await writing.issuers.credentials(of: campaign.walletConfiguration)
        let stored = try await classes.classes(of: campaign)
        let remote: [String: JSONObject]
        do {
            remote = try await self.remote(stored.map(\.id), of: campaign, issuer)
        } catch let failure as GoogleFailure {
            throw BridgeError.google(failure)
        }
        return GoogleDrift(
            differences: stored.flatMap { stored in
                // What is not at Google at all differs in everything.
                GoogleComparison.differences(
                    wanted: issuer.allowed(stored.wanted), pushed: stored.pushed.map(issuer.allowed),
                    remote: remote[stored.id] ?? JSONObject(), campaign.kind, .class
                ).map { GoogleDriftItem(stored.id, $0) }
            })
    }

    /// What is at Google under some ids: one is asked for, many are picked from the issuer's list.
    private func remote(
        _ ids: [String], of campaign: CampaignClass, _ issuer: IssuerCredentials
    ) async throws -> [String: JSONObject] {
        var session = GoogleSession(
            wallet: wallet, issuer: issuer, isGranted: false, deadline: .now + Self.driftPatience)
        var found: [String: JSONObject] = [:]
        guard ids.count > Self.fewClasses else {
            for id in ids {
                do {
                    found[id] = try await session.send(.get(.class, campaign.kind, id: id))
                } catch let failure as GoogleFailure where failure.consequence == .missing {}
            }
            return found
        }
        let wanted = Set(ids)
        var token: String?
        repeat {
            let page = try await session.send(
                .classes(campaign.kind, of: campaign.issuerID, limit: Self.driftPage, after: token))
            for resource in page["resources"]?.arrayValue ?? [] {
                guard let object = resource.objectValue, let id = object["id"]?.stringValue, wanted.contains(id) else {
                    continue
                }
                found[id] = object
            }
            token = page["pagination"]?["nextPageToken"]?.stringValue
        } while token != nil && found.count < ids.count
        return found
    }

    /// How long Google may be asked.
    private static let driftPatience = Duration.seconds(15)
    private static let driftPage = 200
    private static let fewClasses = 5
}

extension GoogleDriftItem {
    fileprivate init(_ classID: String, _ difference: GoogleDifference) {
        self.init(
            classId: classID, pointer: difference.pointer.description, wanted: difference.wanted,
            pushed: difference.pushed, remote: difference.remote,
            origin: difference.origin == .us ? .us : .console)
    }
}
