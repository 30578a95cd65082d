import HTTPServer
import HTTPTypes
import Postgres
import ServiceKit

// Where this service's errors become answers: here, and nowhere else.

/// Runs what a route does and says its errors in HTTP's words.
func translatingErrors<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let error as PostgresError {
        guard let problem = Problem(database: error) else { throw error }
        throw problem
    } catch is PassIssuerClient.Unavailable {
        throw Problem(.serviceUnavailable, "The pass cannot be made now. Try again later.").retryAfter(seconds: 30)
    }
}

/// Runs a handler of the public listener; nothing that it answers may be kept by anyone between here and the phone.
func neverStored(_ handler: () async throws -> HTTPResponse) async throws -> HTTPResponse {
    do {
        var response = try await translatingErrors { try await handler() }
        response.headers["Cache-Control"] = Problem.neverStored
        return response
    } catch var problem as Problem {
        problem.headers["Cache-Control"] = Problem.neverStored
        throw problem
    }
}

extension Problem {
    /// For answers that no cache may keep.
    static let neverStored = "no-store, private"

    /// A token that is not the pass's, or a pass that does not exist.
    static var notThePass: Problem {
        Problem(
            .unauthorized, "The authentication token is not this pass's.",
            headers: ["WWW-Authenticate": "ApplePass", "Cache-Control": neverStored])
    }

    /// A fault of a query's item.
    static func query(_ name: String, _ rule: String) -> Problem {
        Problem(.badRequest, "\(name) must be \(rule).")
    }
}
