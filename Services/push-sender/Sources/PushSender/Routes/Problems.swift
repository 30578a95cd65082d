import HTTPTypes
import Postgres
import ServiceKit

// Where this service's errors become answers: here, and nowhere else.

/// Runs what a route does and says its errors in HTTP's words.
func translatingErrors<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let fault as CredentialFault {
        throw Problem.fault(fault.detail, at: fault.pointer)
    } catch let error as PostgresError {
        guard let problem = Problem(database: error) else { throw error }
        throw problem
    }
}

extension Problem {
    /// A single fault of a body.
    static func fault(_ detail: String, at pointer: String) -> Problem {
        Problem(.unprocessableContent, detail, errors: [ProblemError(pointer: pointer, detail: detail)])
    }

    /// A fault of a query's item.
    static func query(_ name: String, _ rule: String) -> Problem {
        Problem(.badRequest, "\(name) must be \(rule).")
    }

    /// Nothing was ever told of this pass type.
    static var unknownTopic: Problem {
        Problem(.notFound, "There is no topic of this pass type: no credentials and no push of it have come.")
    }
}
