import Contracts
import HTTPServer
import HTTPTypes
import ServiceKit

/// Where pass-issuer hands in what APNs is reached with.
struct CredentialRoutes: Sendable {
    let editing: CredentialEditing
    let checks: CredentialChecks
    let wakeUp: WakeUp

    /// Adds the calls.
    func add(to routes: inout Routes) {
        routes.serve(PushSenderEndpoints.putCredentials) { request, body in
            let passType: PassTypeIdentifier = try request.parameter("passTypeIdentifier")
            let revision = try Self.revision(request.query)
            let isNew = try await translatingErrors {
                try await editing.put(body, of: passType, revision: revision)
            }
            wakeUp.signal()
            return (NoBody(), isNew ? HTTPStatus.created : .ok)
        }
        routes.serve(PushSenderEndpoints.deleteCredentials) { request, _ in
            let passType: PassTypeIdentifier = try request.parameter("passTypeIdentifier")
            let revision = try Self.revision(request.query)
            try await translatingErrors { try await editing.delete(passType, revision: revision) }
            return NoBody()
        }
        routes.serve(PushSenderEndpoints.checkCredentials) { request, _ in
            let passType: PassTypeIdentifier = try request.parameter("passTypeIdentifier")
            return try await translatingErrors { try await checks.run(passType) }
        }
    }

    private static func revision(_ query: QueryItems) throws(Problem) -> Int? {
        guard let text = query.first("revision") else { return nil }
        guard let revision = Int(text), revision > 0 else { throw .query("revision", "a whole number of 1 or more") }
        return revision
    }
}
