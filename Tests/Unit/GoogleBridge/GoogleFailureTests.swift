import HTTPTypes
import Testing

@testable import GoogleBridge

@Suite struct GoogleFailureTests {
    /// An answer of Google's and what follows from it.
    struct Answer: Sendable, CustomTestStringConvertible {
        let status: Int
        let body: String
        let consequence: GoogleFailure.Consequence
        let reason: String

        var testDescription: String { "\(status) \(reason)" }
    }

    private static func envelope(_ code: Int, _ message: String, _ reason: String) -> String {
        #"{"error":{"code":\#(code),"message":"\#(message)","errors":[{"message":"\#(message)","#
            + #""domain":"walletobjects","reason":"\#(reason)"}]}}"#
    }

    static let answers = [
        Answer(
            status: 400, body: envelope(400, "Language for TranslatedString cannot be empty", "invalidResource"),
            consequence: .permanent, reason: "invalidResource"),
        Answer(status: 401, body: "", consequence: .unauthorized, reason: "Unauthorized"),
        Answer(
            status: 403, body: envelope(403, "Permission denied.", "permissionDenied"), consequence: .permanent,
            reason: "permissionDenied"),
        Answer(
            status: 403, body: envelope(403, "Request had insufficient scopes.", "insufficientPermissions"),
            consequence: .permanent, reason: "insufficientPermissions"),
        Answer(
            status: 403,
            body: envelope(403, "Quota exceeded for issuer 3388 when adding TEXT_AND_NOTIFY message", "quotaExceeded"),
            consequence: .retry, reason: "quotaExceeded"),
        Answer(
            status: 403, body: #"{"error":{"code":403,"message":"Slow down","status":"RESOURCE_EXHAUSTED"}}"#,
            consequence: .retry, reason: "RESOURCE_EXHAUSTED"),
        // Words that speak of a quota decide nothing.
        Answer(
            status: 403, body: envelope(403, "quotaExceeded RESOURCE_EXHAUSTED", "permissionDenied"),
            consequence: .permanent, reason: "permissionDenied"),
        Answer(
            status: 404, body: envelope(404, "Wallet Object Class 3388.a not found.", "classNotFound"),
            consequence: .missing, reason: "classNotFound"),
        Answer(
            status: 409, body: envelope(409, "Wallet Object Class 3388.a already exists.", "existingResource"),
            consequence: .exists, reason: "existingResource"),
        Answer(status: 413, body: "", consequence: .permanent, reason: "Content Too Large"),
        Answer(status: 429, body: "<html>", consequence: .retry, reason: "Too Many Requests"),
        Answer(status: 500, body: "", consequence: .retry, reason: "Internal Server Error"),
        Answer(status: 503, body: "", consequence: .retry, reason: "Service Unavailable"),
        Answer(status: 302, body: "", consequence: .retry, reason: "Found"),
    ]

    @Test("follows from the status first and the reason second", arguments: answers)
    func classifies(answer: Answer) {
        let failure = GoogleFailure(
            status: HTTPStatus(rawValue: answer.status), retryAfter: nil, body: Array(answer.body.utf8))
        #expect(failure.consequence == answer.consequence)
        #expect(failure.reason == answer.reason)
        #expect(failure.status == answer.status)
    }

    @Test("keeps Google's own words, up to a limit")
    func words() {
        let body = Self.envelope(400, "Invalid resource ID: 3388.ä", "invalidResource")
        #expect(
            GoogleFailure(status: .badRequest, retryAfter: nil, body: Array(body.utf8)).message
                == "Invalid resource ID: 3388.ä")
        let long = Self.envelope(400, String(repeating: "x", count: 5_000), "invalidResource")
        let failure = GoogleFailure(status: .badRequest, retryAfter: nil, body: Array(long.utf8))
        #expect(failure.message.count == GoogleFailure.longestMessage)
    }

    @Test("honours Retry-After as seconds and as a date, within an hour")
    func retryAfter() throws {
        func seconds(_ text: String?) -> Int? {
            GoogleFailure(status: .tooManyRequests, retryAfter: text, body: []).retryAfterSeconds
        }
        #expect(seconds("7") == 7)
        #expect(seconds("-7") == 0)
        #expect(seconds("86400") == 3_600)
        #expect(seconds("soon") == nil)
        let date = try #require(seconds(Instant.now().adding(seconds: 100).httpDate))
        #expect((98...100).contains(date))
    }

    @Test("asks for patience of the whole issuer when it is too fast, and not when Google is broken")
    func patience() {
        #expect(GoogleFailure(status: .tooManyRequests, retryAfter: nil, body: []).asksForPatience)
        #expect(GoogleFailure(status: .serviceUnavailable, retryAfter: "3", body: []).asksForPatience)
        #expect(!GoogleFailure(status: .serviceUnavailable, retryAfter: nil, body: []).asksForPatience)
        #expect(!GoogleFailure(status: .badRequest, retryAfter: "3", body: []).asksForPatience)
        func forbidden(_ reason: String) -> GoogleFailure {
            GoogleFailure(
                status: .forbidden, retryAfter: nil, body: Array(Self.envelope(403, "No.", reason).utf8))
        }
        #expect(forbidden("RESOURCE_EXHAUSTED").asksForPatience)
        #expect(!forbidden("quotaExceeded").asksForPatience)
        #expect(!forbidden("permissionDenied").asksForPatience)
    }
}
