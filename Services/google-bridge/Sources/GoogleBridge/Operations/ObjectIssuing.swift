import Contracts
import GoogleWalletSchema
import HTTPTypes

/// Writes passes' objects while a person waits for the link that saves them.
struct ObjectIssuing: Sendable {
    let writing: ObjectWriting
    let queue: OperationQueue
    let links: SaveLinkMaker
    let clock: @Sendable () -> Instant

    /// How long a person waits in all, what is around the calls to Google included.
    static let patience = Duration.milliseconds(2_700)

    /// Stores the pass, writes class and object within the time that there is, and answers a link that works whatever
    /// came of that.
    func issue(_ serialNumber: SerialNumber, _ request: GoogleObjectRequest) async throws -> GoogleObjectAnswer {
        let deadline = ContinuousClock.now + Self.patience
        let stored = [try await store((serialNumber, request))]
        guard let standing = try await hurry(stored, until: deadline).first else {
            throw BridgeError.unknownClass(request.campaignId)
        }
        let item = try Self.item(standing)
        let account = try await account(of: request)
        let link =
            standing.isAtGoogle
            ? try links.link(to: standing.objectID, ofClass: standing.classID, standing.kind, by: account, at: clock())
            : try links.link(saving: [item], by: account, at: clock())
        guard let link else { throw BridgeError.googleTooSlow }
        return GoogleObjectAnswer(
            objectId: standing.objectID, saveUrl: link, mode: standing.isAtGoogle ? .id : .full)
    }

    /// The same with several passes and one link.
    func issue(_ request: GoogleObjectsRequest) async throws -> GoogleObjectsAnswer {
        let deadline = ContinuousClock.now + Self.patience
        guard let first = request.objects.first else { throw BridgeError.tooManyForLink(0) }
        var stored: [(SerialNumber, ObjectStore.Standing)] = []
        for (index, pass) in request.objects.enumerated() {
            stored.append(try await naming(index) { try await store((pass.serialNumber, pass.object)) })
        }
        let standings = try await hurry(stored, until: deadline)
        var items: [SaveLinkItem] = []
        for (index, standing) in standings.enumerated() {
            items.append(try await naming(index) { try Self.item(standing) })
        }
        let link = try link(to: standings, items, by: try await account(of: first.object))
        return GoogleObjectsAnswer(
            objectIds: standings.map(\.objectID), saveUrl: link,
            mode: standings.allSatisfy(\.isAtGoogle) ? .id : .full)
    }

    /// The link to several; where it gets too long the ids of the objects stand alone in it, which Google takes too.
    private func link(
        to standings: [ObjectStore.Standing], _ items: [SaveLinkItem], by account: ServiceAccount
    ) throws -> String {
        if let link = try links.link(saving: items, by: account, at: clock()) { return link }
        guard standings.allSatisfy(\.isAtGoogle) else { throw BridgeError.googleTooSlow }
        let ids = standings.map { SaveLinkItem.reference(to: $0.objectID, ofClass: nil, $0.kind) }
        guard let link = try links.link(saving: ids, by: account, at: clock()) else {
            throw BridgeError.tooManyForLink(standings.count)
        }
        return link
    }

    private func store(_ pass: ObjectWriting.Pass) async throws -> (SerialNumber, ObjectStore.Standing) {
        _ = try await writing.apply([pass], as: .person)
        guard let standing = try await writing.objects.standing(of: pass.serialNumber) else {
            throw BridgeError.unknownClass(pass.request.campaignId)
        }
        return (pass.serialNumber, standing)
    }

    /// Says of what goes wrong with which pass it did.
    private func naming<Value>(_ index: Int, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as BridgeError {
            throw BridgeError.ofLink(index, error)
        }
    }

    private func account(of request: GoogleObjectRequest) async throws -> ServiceAccount {
        try await writing.classWriting.issuers.credentials(of: request.walletConfigurationId).account
    }

    /// Has what waits of these passes written within the time that there is: their classes, then their objects at once.
    private func hurry(
        _ stored: [(SerialNumber, ObjectStore.Standing)], until deadline: ContinuousClock.Instant
    ) async throws -> [ObjectStore.Standing] {
        let waiting = stored.map(\.1).filter { $0.state == .pending }
        guard !waiting.isEmpty else { return stored.map(\.1) }
        let classes = Set(waiting.filter { !$0.isClassAtGoogle }.map { ResourceID.classOf($0.classID) })
        if !classes.isEmpty { await queue.hurry(Array(classes), as: .person, until: deadline) }
        await withTaskGroup(of: Void.self) { group in
            for standing in waiting {
                group.addTask { await queue.hurry([.object(standing.objectID)], as: .person, until: deadline) }
            }
        }
        var standings: [ObjectStore.Standing] = []
        for (serialNumber, standing) in stored {
            standings.append(try await writing.objects.standing(of: serialNumber) ?? standing)
        }
        return standings
    }

    /// What a link says of a pass.
    private static func item(_ standing: ObjectStore.Standing) throws(BridgeError) -> SaveLinkItem {
        if standing.isAtGoogle {
            return .reference(to: standing.objectID, ofClass: standing.classID, standing.kind)
        }
        // What Google refused it would refuse on the save page too, where nobody tells why.
        if standing.state == .failed { throw .refusedObject(standing.error ?? "no words") }
        if standing.classState == .failed, !standing.isClassAtGoogle {
            throw .refusedClass(standing.classError ?? "no words")
        }
        return SaveLinkItem(
            kind: standing.kind, object: standing.object,
            classResource: standing.isClassAtGoogle ? nil : standing.classResource)
    }
}
