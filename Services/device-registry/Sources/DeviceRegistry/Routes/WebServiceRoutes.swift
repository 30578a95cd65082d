import Contracts
import HTTPServer
import HTTPTypes
import JSON
import ServiceKit

/// Apple's web service for passes ("Adding a Web Service to Update Passes"), rewards enrolment apart.
struct WebServiceRoutes: Sendable {
    private static let registrationLimit = 4 << 10
    private static let logLimit = 16 << 10

    let registrations: RegistrationStore
    let counts: RegistrationMetrics
    let logs: DeviceLogStore
    let allowance: LogAllowance
    let droppedLines: Counter
    let issuer: PassIssuerClient
    let authentication: PassAuthentication
    let recorder: PassEventRecorder
    let rate: RateLimit?
    let deviceRate: DeviceRate
    let logger: Logger

    /// Adds the endpoints.
    func add(to routes: inout Routes) {
        let isAuthentic: Routes.Check = { (head) throws(Problem) in _ = try authenticPass(of: head) }
        // A stranger without a pass's token takes none of what a device may send.
        let mayRegister: Routes.Check = { (head) throws(Problem) in
            try isAuthentic(head)
            try deviceRate.check(head)
        }
        let mayAsk: Routes.Check = { (head) throws(Problem) in try deviceRate.check(head) }
        routes.on(
            .post, WebServicePaths.registration, body: .collected(limit: Self.registrationLimit), rate: rate,
            check: mayRegister
        ) { request in try await neverStored { try await register(request) } }
        routes.on(.delete, WebServicePaths.registration, rate: rate, check: mayRegister) { request in
            try await neverStored { try await unregister(request) }
        }
        // The device identifier is the secret here: phones send no Authorization (§1.1 no. 3 of the protocol notes).
        routes.on(.get, WebServicePaths.registrations, rate: rate, check: mayAsk) { request in
            try await neverStored { try await listChanges(request) }
        }
        routes.on(.get, WebServicePaths.pass, rate: rate, check: isAuthentic) { request in
            try await neverStored { try await sendPass(request) }
        }
        routes.on(.post, WebServicePaths.log, body: .collected(limit: Self.logLimit), rate: rate) { request in
            try await neverStored { try await log(request) }
        }
    }

    // The same answer to a wrong token and to a pass that nobody made, so that none can be found by trying.
    private func authenticPass(of head: HTTPRequestHead) throws(Problem) -> PassReference {
        guard let type = head.parameters["passTypeIdentifier"].flatMap(PassTypeIdentifier.init(rawValue:)),
            let serialNumber = head.parameters["serialNumber"].flatMap(SerialNumber.init(rawValue:))
        else { throw .notThePass }
        let pass = PassReference(passTypeIdentifier: type, serialNumber: serialNumber)
        guard authentication.isValid(head.headers["Authorization"], for: pass) else { throw .notThePass }
        return pass
    }

    private func register(_ request: HTTPRequest) async throws -> HTTPResponse {
        let pass = try authenticPass(of: request.head)
        let device: DeviceLibraryIdentifier = try request.parameter("deviceLibraryIdentifier")
        // Whatever the Content-Type says: other wallets than Apple's register too.
        let body: JSONValue
        do {
            body = try JSON.parse(request.body)
        } catch {
            throw Problem(.badRequest, "The body is no JSON: \(error)")
        }
        guard let text = body["pushToken"]?.stringValue else {
            throw Problem(.badRequest, "The body has no text pushToken.")
        }
        guard let pushToken = PushToken(rawValue: text) else {
            throw Problem(.badRequest, "pushToken is not \(PushToken.rule).")
        }
        let isNew = try await registrations.register(device, pushToken: pushToken, for: pass)
        counts.countRegistered(isNew: isNew)
        return HTTPResponse(isNew ? .created : .ok)
    }

    private func unregister(_ request: HTTPRequest) async throws -> HTTPResponse {
        let pass = try authenticPass(of: request.head)
        let device: DeviceLibraryIdentifier = try request.parameter("deviceLibraryIdentifier")
        if try await registrations.unregister(device, from: pass) { counts.countUnregistered() }
        return HTTPResponse(.ok)
    }

    private func listChanges(_ request: HTTPRequest) async throws -> HTTPResponse {
        // What cannot be an identifier has registered nothing, and phones know no other answer for that.
        guard
            let device = request.parameters["deviceLibraryIdentifier"].flatMap(DeviceLibraryIdentifier.init(rawValue:)),
            let type = request.parameters["passTypeIdentifier"].flatMap(PassTypeIdentifier.init(rawValue:))
        else { return HTTPResponse(.noContent) }
        let tag = request.query.first("passesUpdatedSince").flatMap(UpdateTag.init(rawValue:))
        let changes = try await registrations.changes(for: device, passTypeIdentifier: type, since: tag)
        guard !changes.serialNumbers.isEmpty else { return HTTPResponse(.noContent) }
        recorder.record(changes.events(of: type, for: device, at: .now()))
        return try .json(
            SerialNumbersAnswer(serialNumbers: changes.serialNumbers, lastUpdated: changes.lastUpdated))
    }

    private func sendPass(_ request: HTTPRequest) async throws -> HTTPResponse {
        let pass = try authenticPass(of: request.head)
        // What the issuer says is at least as new as this instant: an erasure counts fetches from its own on.
        let begun = Instant.now()
        let answer: PassAnswer
        do {
            answer = try await issuer.package(
                of: pass, ifModifiedSince: request.headers["If-Modified-Since"], requestID: request.requestID)
        } catch {
            logger.with(requestID: request.requestID).warning("A pass was not fetched.", ["error": "\(error)"])
            throw error
        }
        switch answer {
        case .package(let bytes, let headers):
            if request.method != .head { record(.fetched, pass, at: begun) }
            return HTTPResponse(.ok, headers: headers, body: .bytes(bytes))
        case .notModified(let headers):
            if request.method != .head { record(.notModified, pass, at: begun) }
            return HTTPResponse(.notModified, headers: headers)
        case .unknown: throw Problem.notThePass
        }
    }

    private func record(_ kind: RecordedPassEvent.Kind, _ pass: PassReference, at begun: Instant) {
        recorder.record([RecordedPassEvent(at: begun, kind: kind, pass: pass)])
    }

    private func log(_ request: HTTPRequest) async throws -> HTTPResponse {
        let body: JSONValue
        do {
            body = try JSON.parse(request.body)
        } catch {
            throw Problem(.badRequest, "The body is no JSON: \(error)")
        }
        let lines = DeviceLogReport.lines(in: body)
        let stored = lines.prefix(allowance.take(lines.count))
        droppedLines.increment(by: Double(lines.count - stored.count))
        if !stored.isEmpty { try await logs.append(Array(stored)) }
        // Dropped or not, a phone that is told otherwise only sends them again.
        return HTTPResponse(.ok)
    }
}
