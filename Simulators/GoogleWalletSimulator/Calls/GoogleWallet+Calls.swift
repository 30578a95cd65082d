import HTTPServer
import HTTPTypes
import JSON

extension GoogleWallet {
    /// What a call answers, or a closed connection.
    typealias Answer = @Sendable (_ call: WalletCall, _ notes: inout CallNotes) async throws -> WalletReply

    /// Answers a call and writes it into the log, unless a scripted fault comes between.
    func serve(_ call: WalletCall, loggedPath: String? = nil, _ answer: Answer) async throws -> WalletReply {
        let start = Instant.now()
        var notes = CallNotes()
        let fault = script.hit(call)
        var status = 0
        defer {
            log.add { number in
                CallRecord(
                    number: number, microseconds: start.microseconds, method: call.method.rawValue,
                    path: loggedPath ?? call.path, issuerId: notes.issuerID, clientEmail: notes.clientEmail,
                    status: status, milliseconds: Instant.now().seconds(since: start) * 1_000, fault: fault?.kind)
            }
        }
        if let fault, let reply = try await suffer(fault, before: call, &notes) {
            status = reply.status.rawValue
            return reply
        }
        let reply = try await answer(call, &notes)
        if let fault, fault.kind == .loseAnswer {
            try await pause(fault.milliseconds)
            throw HTTPServerError.abandoned
        }
        status = reply.status.rawValue
        return reply
    }

    /// What a fault does before the call is done; an answer when it takes its place.
    private func suffer(
        _ fault: Fault, before call: WalletCall, _ notes: inout CallNotes
    ) async throws -> WalletReply? {
        switch fault.kind {
        case .refuse:
            // It still counts for its issuer, so that the log tells how the caller went on.
            notes.issuerID = issuerID(of: call)
            notes.clientEmail = grant(of: call)?.clientEmail
            var error = WalletError(fault.status, fault.reason, fault.message)
            error.retryAfterSeconds = fault.retryAfterSeconds
            if fault.status == 429 || fault.status >= 500 { error.domain = "global" }
            return WalletReply(error)
        case .delay:
            try await pause(fault.milliseconds)
            return nil
        case .drop:
            try await pause(fault.milliseconds)
            throw HTTPServerError.abandoned
        case .loseAnswer:
            return nil
        }
    }

    private func pause(_ milliseconds: Int) async throws {
        guard milliseconds > 0 else { return }
        do {
            try await Task.sleep(for: .milliseconds(milliseconds))
        } catch {
            // The client is gone or the server stops: there is nobody to answer.
            throw HTTPServerError.abandoned
        }
    }

    /// Answers a call of the REST interface.
    func answer(_ call: WalletCall, _ notes: inout CallNotes) async throws -> WalletReply {
        do throws(WalletError) {
            return try await perform(call, &notes)
        } catch {
            return WalletReply(error)
        }
    }

    private func perform(_ call: WalletCall, _ notes: inout CallNotes) async throws(WalletError) -> WalletReply {
        guard let operation = WalletOperation(call.method, call.segments) else { return .unknownAddress }
        notes.clientEmail = try authenticate(call)
        switch operation {
        case .insert(let type): return try await insert(type, call, &notes)
        case .list(let type): return try list(type, call, &notes)
        case .get(let type, let id): return try get(type, id, call, &notes)
        case .patch(let type, let id): return try await write(type, id, call, &notes, isPatch: true)
        case .update(let type, let id): return try await write(type, id, call, &notes, isPatch: false)
        case .addMessage(let type, let id): return try addMessage(type, id, call, &notes)
        case .listIssuers: return try listIssuers(call, &notes)
        case .getIssuer(let id): return try getIssuer(id, call, &notes)
        case .getPermissions(let id): return try getPermissions(id, call, &notes)
        case .updatePermissions(let id): return try updatePermissions(id, call, &notes)
        case .insertToken: return try await insertToken(call, &notes)
        case .validateToken: return try await validateToken(call, &notes)
        }
    }

    /// The service account that calls.
    private func authenticate(_ call: WalletCall) throws(WalletError) -> String {
        guard call.headers["Authorization"] != nil || call.query.first("access_token") != nil else {
            throw .loginRequired
        }
        guard let grant = grant(of: call) else { throw .invalidCredentials }
        guard grant.scopes.contains(TokenRequest.issuerScope) else { throw .insufficientScope }
        return grant.clientEmail
    }

    private func grant(of call: WalletCall) -> AccessTokens.Grant? {
        let header = call.headers["Authorization"] ?? ""
        let token = header.hasPrefix("Bearer ") ? String(header.dropFirst(7)) : call.query.first("access_token")
        return token.flatMap { tokens.grant(of: $0, at: clock.now()) }
    }

    /// The issuer of a call that was not looked at, as far as its path, query or body tell.
    private func issuerID(of call: WalletCall) -> String? {
        let body = try? JSON.parse(call.body)  // A body that is none names nobody.
        let id = call.segments.dropFirst(3).first ?? body?["id"]?.stringValue ?? call.query.first("classId")
        return id.flatMap { ResourceID($0)?.issuerID } ?? call.query.first("issuerId")
    }

    /// Whether the caller may touch an issuer's resources, and has a call left.
    func admit(_ issuerID: String, writes: Bool, _ notes: inout CallNotes) throws(WalletError) {
        notes.issuerID = issuerID
        let settings = settings
        guard
            pace.admit(issuerID, at: clock.now(), perSecond: settings.callsPerSecond, burst: settings.burst)
        else { throw .tooManyCalls(issuerID: issuerID) }
        try checkRole(of: notes.clientEmail ?? "", at: issuerID, writes: writes)
    }

    /// Whether a service account may touch an issuer's resources.
    func checkRole(of email: String, at issuerID: String, writes: Bool) throws(WalletError) {
        guard let role = accounts.role(of: email, at: issuerID), role.canWrite || !writes else {
            throw .permissionDenied
        }
    }

    /// The id of a resource whose issuer there is.
    func knownID(_ text: String?) throws(WalletError) -> ResourceID {
        guard let id = ResourceID(text ?? ""), accounts.issuer(id.issuerID) != nil else { throw .invalidID(text ?? "") }
        return id
    }
}
