import Contracts
import HTTPServer
import HTTPTypes
import JSON
import ServiceKit

/// Apple's rewards enrolment: what the owner of a pass entered into the form that the pass asks with.
///
/// The answer is a signature by the pass certificate over what the caller sent, so nothing but a token is ever passed on.
struct PersonalizationRoutes: Sendable {
    let issuer: PassIssuerClient
    let authentication: PassAuthentication
    let metrics: PersonalizationMetrics
    let rate: RateLimit?
    let logger: Logger

    /// Adds the endpoint.
    func add(to routes: inout Routes) {
        let isAdmitted: Routes.Check = { (head) throws(Problem) in try admit(head) }
        routes.on(
            .post, WebServicePaths.personalize, body: .collected(limit: PersonalizationRequest.maximumBytes),
            rate: rate, check: isAdmitted
        ) { request in try await neverStored { try await personalize(request) } }
    }

    // Apple names no header here, and some say that phones send the pass's token: none is accepted, a wrong one refused.
    private func admit(_ head: HTTPRequestHead) throws(Problem) {
        let pass = try Self.pass(head)
        guard let authorization = head.headers["Authorization"] else { return }
        guard authentication.isValid(authorization, for: pass) else { throw .notThePass }
    }

    private func personalize(_ request: HTTPRequest) async throws -> HTTPResponse {
        let pass = try Self.pass(request.head)
        let hasToken = request.headers["Authorization"] != nil
        do {
            try Self.check(request.body)
            let answer = try await issuer.personalize(
                pass, body: request.body, requestID: request.requestID)
            let signature = try Self.signature(answer)
            metrics.count(.signed, hasToken: hasToken)
            return HTTPResponse(
                .ok, headers: ["Content-Type": "application/octet-stream"], body: .bytes(signature))
        } catch let problem as Problem {
            metrics.count(.refused, hasToken: hasToken)
            throw problem
        } catch {
            metrics.count(.unavailable, hasToken: hasToken)
            logger.with(requestID: request.requestID).warning("A pass was not personalised.", ["error": "\(error)"])
            throw error
        }
    }

    private static func pass(_ head: HTTPRequestHead) throws(Problem) -> PassReference {
        PassReference(
            passTypeIdentifier: try head.parameter("passTypeIdentifier"),
            serialNumber: try head.parameter("serialNumber"))
    }

    /// Refuses all but a token and texts; whatever the Content-Type says, as for registrations.
    private static func check(_ body: [UInt8]) throws(Problem) {
        do {
            _ = try JSON.decode(PersonalizationRequest.self, from: body)
        } catch let error as JSONError {
            throw Problem(.badRequest, "The body is no JSON: \(error)")
        } catch let failure as JSONDecodingFailure {
            let errors = failure.faults.map { ProblemError(pointer: "\($0.pointer)", detail: $0.detail) }
            throw Problem(.unprocessableContent, "The body is not what Wallet sends.", errors: errors)
        } catch {
            throw Problem(.unprocessableContent, "The body is not what Wallet sends.")
        }
    }

    private static func signature(_ answer: PersonalizationAnswer) throws(Problem) -> [UInt8] {
        switch answer {
        case .signed(let signature): return signature
        case .unknown: throw Problem(.notFound, "There is no such pass.")
        case .notAsked:
            throw Problem(.conflict, "The pass asks its owner for nothing, or was personalised with another token.")
        case .unsuitable: throw Problem(.unprocessableContent, "What was entered does not fit the pass.")
        }
    }
}
