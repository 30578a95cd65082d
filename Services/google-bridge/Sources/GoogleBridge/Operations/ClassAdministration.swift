import Contracts
import Cryptography
import GoogleWalletSchema
import HTTPTypes
import JSON
import Postgres

/// What a campaign's administrator does with its class beside the content.
struct ClassAdministration: Sendable {
    let writing: ClassWriting
    let wallet: PacedWallet

    var classes: ClassStore { writing.classes }

    /// A campaign's class.
    func item(_ id: CampaignID) async throws -> GoogleClass {
        guard let campaign = try await classes.campaign(id) else { throw BridgeError.unknownCampaign(id) }
        return try await items([campaign])[0]
    }

    /// Campaigns' classes.
    func items(_ campaigns: [CampaignClass]) async throws -> [GoogleClass] {
        let standings = try await classes.standings(of: campaigns)
        return campaigns.map { campaign in
            let standing = standings[campaign.campaign] ?? ClassStanding(pending: 0, failed: 0, ready: 0, error: nil)
            return GoogleClass(campaign, standing.status(of: campaign))
        }
    }

    /// Stores the merge patch on a campaign's class, or that there is none, and writes what follows through the queue.
    func set(override patch: JSONObject?, of id: CampaignID) async throws {
        guard let known = try await classes.campaign(id) else { throw BridgeError.unknownCampaign(id) }
        let issuer = try await writing.issuers.credentials(of: known.walletConfiguration)
        try await classes.database.transaction { transaction in
            guard let old = try await ClassStore.lock(id, in: transaction) else {
                throw BridgeError.unknownCampaign(id)
            }
            let campaign = old.with(override: patch)
            try await ClassStore.set(override: patch, of: id, in: transaction)
            try await ClassWriting.want(
                try await wanted(campaign, issuer, in: transaction), of: campaign, as: .campaign, in: transaction)
        }
    }

    /// What the classes of a campaign shall be under its present override.
    private func wanted(
        _ campaign: CampaignClass, _ issuer: IssuerCredentials, in transaction: Transaction
    ) async throws -> [ClassWriting.Wanted] {
        guard campaign.hasVariants else {
            let stored = try await ClassStore.request(of: campaign.campaign, in: transaction) ?? JSONObject()
            let request = try JSON.decode(GoogleClassRequest.self, from: .object(stored))
            let mapped = writing.mapping.mappedClass(
                of: request, campaign.campaign, for: issuer, generation: campaign.generation,
                override: campaign.override)
            return [ClassWriting.Wanted(campaign, try Self.body(mapped))]
        }
        return try await ClassStore.classes(of: campaign, lockedIn: transaction).compactMap { stored in
            guard let variant = stored.variant else { return nil }
            let request = try JSON.decode(GoogleObjectRequest.self, from: .object(variant))
            let mapped = writing.mapping.mappedClass(of: request, in: campaign, for: issuer)
            return ClassWriting.Wanted(
                campaign, try Self.body(mapped), id: stored.id, campaignVersion: stored.campaignVersion,
                variant: .object(variant))
        }
    }

    /// What Google would refuse of the patch, told at its places.
    private static func body(_ mapped: GoogleMappedClass) throws -> JSONObject {
        guard mapped.faults.isEmpty else {
            throw BridgeError.faulty(
                mapped.faults.map { fault in
                    let tokens = fault.pointer.tokens
                    guard tokens.first == "override" else { return fault.problemError }
                    let pointer = JSONPointer(tokens: Array(tokens.dropFirst()))
                    return GoogleMappingFault(pointer, fault.reason, fault.remedy).problemError
                })
        }
        return mapped.resource
    }

    /// Writes the classes of a campaign as they shall be, now.
    func sync(_ id: CampaignID) async throws -> GoogleClass {
        try await classes.database.transaction { transaction in
            guard let campaign = try await ClassStore.lock(id, in: transaction) else {
                throw BridgeError.unknownCampaign(id)
            }
            let stored = try await ClassStore.classes(of: campaign, lockedIn: transaction)
            try await ResourceStore.again(stored.map { .classOf($0.id) }, in: transaction)
            try await ResourceStore.enqueue(
                stored.map { .init(id: .classOf($0.id), issuer: campaign.issuerID, isAtGoogle: $0.isAtGoogle) },
                as: .campaign, in: transaction)
        }
        return try await item(id)
    }

    /// Adds a message to all classes of a campaign.
    func add(_ message: GoogleMessageRequest, to id: CampaignID) async throws -> GoogleMessagesAnswer {
        let faults = [("header", message.header), ("body", message.body)].compactMap { key, text in
            text.trimmingSpaces.isEmpty || text.utf8.count > 5_000
                ? ProblemError(pointer: "/\(key)", detail: "A message has a \(key), of 5,000 bytes at most.") : nil
        }
        guard faults.isEmpty else { throw BridgeError.faulty(faults) }
        return try await classes.database.transaction { transaction in
            guard let campaign = try await ClassStore.lock(id, in: transaction) else {
                throw BridgeError.unknownCampaign(id)
            }
            let stored = try await ClassStore.classes(of: campaign, lockedIn: transaction)
            let body: JSONObject = [
                "id": .string("admin-\(Hex.encode(SecureRandom.bytes(8)))"), "header": .string(message.header),
                "body": .string(message.body), "messageType": message.notify ? "TEXT_AND_NOTIFY" : "TEXT",
            ]
            try await ResourceStore.enqueue(
                stored.map { (ResourceID.classOf($0.id), campaign.issuerID, body) }, as: .campaign, in: transaction)
            return GoogleMessagesAnswer(operations: stored.count)
        }
    }
}
