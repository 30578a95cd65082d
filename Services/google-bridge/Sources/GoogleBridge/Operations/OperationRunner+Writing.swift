import Contracts
import GoogleWalletSchema
import JSON

/// Making a class or object what it shall be.
extension OperationRunner {
    /// What was done, and in which class an object stays that Google did not move.
    struct Done: Sendable {
        let kind: GoogleOperationKind
        var classID: String?
    }

    /// Writes the resource, whether it is at Google already or not: the id is ours, so whatever an earlier attempt may
    /// have done there is found and never made twice.
    func write(
        _ operation: LeasedOperation, _ session: inout GoogleSession
    ) async throws -> Done {
        let resource = operation.resource
        guard resource.isAtGoogle else { return try await insert(resource, &session) }
        do {
            let classID = try await patch(operation, &session)
            return Done(kind: resource.id.level == .class ? .patchClass : .patchObject, classID: classID)
        } catch let failure as GoogleFailure where failure.consequence == .missing {
            return try await insert(resource, &session)
        }
    }

    private func insert(
        _ resource: WalletResource, _ session: inout GoogleSession
    ) async throws -> Done {
        let (level, kind) = (resource.id.level, resource.kind)
        do {
            try await sendLocated(resource.wanted, of: resource, &session) { .insert(level, kind, $0) }
            return Done(kind: level == .class ? .insertClass : .insertObject)
        } catch let failure as GoogleFailure where failure.consequence == .exists {
            var classID: String?
            if let repair = try await repair(of: resource, &session) {
                classID = try await change(resource, to: repair, &session)
            }
            return Done(kind: level == .class ? .patchClass : .patchObject, classID: classID)
        } catch let failure as GoogleFailure where failure.consequence == .missing && level == .object {
            throw ClassMissing()
        }
    }

    private func patch(_ operation: LeasedOperation, _ session: inout GoogleSession) async throws -> String? {
        let resource = operation.resource
        var body = ManagedPatch.whole(wanted: resource.wanted, sent: resource.sent)
        if resource.wanted["messages"] != nil {
            // Messages that were added one by one stand in the same list, which a patch replaces whole.
            guard let repair = try await repair(of: resource, &session) else { return nil }
            body = repair
        }
        let notifies = try await mayNotify(operation)
        if notifies { body["notifyPreference"] = "NOTIFY_ON_UPDATE" }
        do {
            let classID = try await change(resource, to: body, &session)
            if notifies, resource.id.level == .object { try await objects.notified(resource.id.id, at: clock()) }
            return classID
        } catch let failure as GoogleFailure where notifies && failure.isMessageQuota {
            body["notifyPreference"] = nil
            return try await change(resource, to: body, &session)
        }
    }

    /// Patches a resource. An object whose values would put it into another class stays in its own when Google does not
    /// move it: nothing says whether Google does, and the rest of the change must not be lost for it.
    ///
    /// - Returns: the class in which it stays.
    private func change(
        _ resource: WalletResource, to body: JSONObject, _ session: inout GoogleSession
    ) async throws -> String? {
        let (level, kind, id) = (resource.id.level, resource.kind, resource.id.id)
        do {
            try await sendLocated(body, of: resource, &session) { .patch(level, kind, id: id, $0) }
            return nil
        } catch let failure as GoogleFailure where failure.status == 400 && body["classId"] != nil {
            let remote = try await session.send(.get(level, kind, id: id))
            guard let classID = remote["classId"]?.stringValue, classID != resource.classID else { throw failure }
            var staying = body
            staying["classId"] = nil
            try await sendLocated(staying, of: resource, &session) { .patch(level, kind, id: id, $0) }
            return classID
        }
    }

    /// What must be patched to make what is at Google what is wanted; nil when it is so.
    private func repair(
        of resource: WalletResource, _ session: inout GoogleSession
    ) async throws -> JSONObject? {
        let (level, kind) = (resource.id.level, resource.kind)
        let remote = try await session.send(.get(level, kind, id: resource.id.id))
        let (sent, wanted) = (resource.sent ?? resource.wanted, resource.wanted)
        return GoogleComparison.repairPatch(
            remote: remote, pushed: session.issuer.allowed(sent), to: session.issuer.allowed(wanted), kind, level)
    }

    private func mayNotify(_ operation: LeasedOperation) async throws -> Bool {
        guard operation.notifies else { return false }
        guard operation.resource.id.level == .object else { return true }
        let earlier = try await objects.notifications(of: operation.resource.id.id)
        return NotificationBudget.allows(after: earlier, at: clock())
    }

    /// Sends a body; when Google refuses one with places on a map, which it lets few issuers use, once more without them.
    private func sendLocated(
        _ body: JSONObject, of resource: WalletResource, _ session: inout GoogleSession,
        _ call: (JSONObject) -> WalletCall
    ) async throws {
        guard session.issuer.allowsLocations, body["merchantLocations"] != nil else {
            _ = try await session.send(call(session.issuer.allowed(body)))
            return
        }
        do {
            _ = try await session.send(call(body))
        } catch let failure as GoogleFailure where failure.status == 400 {
            _ = try await session.send(call(IssuerCredentials.withoutLocations(body)))
            // It was the places: without them it went.
            try await issuers.store.refusesLocations(resource.walletConfiguration)
            logger.warning(
                "Google lets this issuer use no merchantLocations; its passes are written without.",
                ["walletConfiguration": "\(resource.walletConfiguration)", "error": "\(failure)"])
        }
    }
}
