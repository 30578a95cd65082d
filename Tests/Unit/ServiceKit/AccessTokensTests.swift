import HTTPTypes
import ServiceKit
import Testing

@Suite("Access tokens")
struct AccessTokensTests {
    private static let admin = AccessScope(rawValue: "admin")
    private static let caller = AccessScope(rawValue: "pass-issuer")

    /// `printf %s old | sha256sum`, and of `new` and `call`.
    private static func tokens() -> AccessTokens {
        var settings = Settings(environment: [
            "ADMIN_TOKEN_SHA256": "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4, "
                + "11507A0E2F5E69D5DFA40A62A1BD7B6EE57E6BCD85C67C9B8431B36FFF21C437",
            "PASS_ISSUER_TOKEN_SHA256": "7edb360f06acaef2cc80dba16cf563f199d347db4443da04da0c8173e3f9e4ed",
        ])
        return settings.accessTokens([admin, caller])
    }

    private static func fault(_ authorization: String?, _ scopes: Set<AccessScope>) -> Problem? {
        var headers: HTTPHeaders = [:]
        headers["Authorization"] = authorization
        do throws(Problem) {
            try tokens().authorize(headers, scopes)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "lets every token of a scope in, the old and the new", arguments: ["Bearer old", "Bearer new", "bearer  new"])
    func rotation(_ authorization: String) {
        #expect(Self.fault(authorization, [Self.admin]) == nil)
    }

    @Test("lets a token in where one of several scopes suffices")
    func anyScope() {
        #expect(Self.fault("Bearer call", [Self.admin, Self.caller]) == nil)
    }

    @Test(
        "answers 401 without a known token",
        arguments: [
            nil, "", "Bearer", "Bearer ", "Bearer wrong", "Basic old", "old", "Bearer old x", "Bearer Old",
            "Bearer oldnew",
        ])
    func unknown(_ authorization: String?) throws {
        let problem = try #require(Self.fault(authorization, [Self.admin]))
        #expect(problem.httpStatus == .unauthorized && problem.headers["WWW-Authenticate"] == "Bearer")
        #expect(problem.detail?.contains("old") == false)
    }

    @Test("answers 403 to a token of another scope")
    func otherScope() throws {
        #expect(try #require(Self.fault("Bearer call", [Self.admin])).httpStatus == .forbidden)
    }

    @Test("takes no token when two fields claim one")
    func twoFields() {
        let headers: HTTPHeaders = ["Authorization": "Bearer old", "Authorization": "Bearer call"]
        #expect(throws: Problem.self) { try Self.tokens().authorize(headers, [Self.admin]) }
    }

    @Test("lets nobody in where no digest is given")
    func none() {
        var settings = Settings(environment: [:])
        let tokens = settings.accessTokens([Self.admin])
        #expect(settings.faults.isEmpty)
        // SHA-256 of nothing is no digest of ours.
        #expect(throws: Problem.self) { try tokens.authorize(["Authorization": "Bearer x"], [Self.admin]) }
    }
}
