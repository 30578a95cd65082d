import Contracts
import GoogleWalletSchema
import HTTPTypes

/// Writes a pass's object while a person waits for the link that saves it.
struct ObjectIssuing: Sendable {
    let writing: ObjectWriting
    let queue: OperationQueue
    let links: SaveLinkMaker
    let clock: @Sendable () -> Instant

    /// How long a person waits in all, what is around the call to Google included.
    static let patience = Duration.milliseconds(2_700)

    /// Stores the pass, writes class and object within the time that there is, and answers a link that works whatever
    /// came of that.
    func issue(_ serialNumber: SerialNumber, _ request: GoogleObjectRequest) async throws -> GoogleObjectAnswer {
        let deadline = ContinuousClock.now + Self.patience
        _ = try await writing.apply([(serialNumber, request)], as: .person)
        guard var standing = try await writing.objects.standing(of: serialNumber) else {
            throw BridgeError.unknownClass(request.campaignId)
        }
        if standing.state == .pending {
            let waiting = [.classOf(standing.classID), ResourceID.object(standing.objectID)]
            await queue.hurry(
                waiting.filter { $0.level == .object || !standing.isClassAtGoogle }, as: .person, until: deadline)
            standing = try await writing.objects.standing(of: serialNumber) ?? standing
        }
        let issuer = try await writing.classWriting.issuers.credentials(of: request.walletConfigurationId)
        return try answer(standing, issuer.account)
    }

    private func answer(_ standing: ObjectStore.Standing, _ account: ServiceAccount) throws -> GoogleObjectAnswer {
        if standing.isAtGoogle {
            let link = try links.link(
                to: standing.objectID, ofClass: standing.classID, standing.kind, by: account, at: clock())
            return GoogleObjectAnswer(objectId: standing.objectID, saveUrl: link, mode: .id)
        }
        // What Google refused it would refuse on the save page too, where nobody tells why.
        if standing.state == .failed { throw BridgeError.refusedObject(standing.error ?? "no words") }
        if standing.classState == .failed, !standing.isClassAtGoogle {
            throw BridgeError.refusedClass(standing.classError ?? "no words")
        }
        let link = try links.link(
            carrying: standing.object, ofClass: standing.isClassAtGoogle ? nil : standing.classResource, standing.kind,
            by: account, at: clock())
        guard let link else { throw BridgeError.googleTooSlow }
        return GoogleObjectAnswer(objectId: standing.objectID, saveUrl: link, mode: .full)
    }
}
