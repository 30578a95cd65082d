import Contracts
import HTTPTypes
import JSON
import Testing

@testable import GoogleBridge

@Suite struct OperationDecisionTests {
    @Test("waits longer after each attempt, five minutes at most, and never shorter than Google asks")
    func backOff() {
        let pauses = (1...12).map { BackOff.milliseconds(attempt: $0, jitter: 1) }
        #expect(
            pauses == [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000])
        #expect(BackOff.milliseconds(attempt: 3, jitter: 0.5) == 1_000)
        #expect(BackOff.milliseconds(attempt: 1, jitter: 0.5, retryAfterSeconds: 7) == 7_000)
        #expect(BackOff.milliseconds(attempt: 0, jitter: 1) == 500)
        #expect(BackOff.milliseconds(attempt: .max, jitter: 1) == 300_000)
    }

    @Test("notifies three times in 24 hours and not a fourth time")
    func budget() {
        let now = Instant(seconds: 1_790_000_000)
        func ago(_ seconds: Int...) -> [Instant] { seconds.map { now.adding(seconds: -$0) } }
        #expect(NotificationBudget.allows(after: [], at: now))
        #expect(NotificationBudget.allows(after: ago(1, 2), at: now))
        #expect(!NotificationBudget.allows(after: ago(1, 2, 3), at: now))
        #expect(!NotificationBudget.allows(after: ago(1, 2, 86_399), at: now))
        #expect(NotificationBudget.allows(after: ago(1, 2, 86_400), at: now))
    }

    @Test("lets a person go first, then classes, single changes, and rollouts")
    func priorities() {
        let order: [OperationPriority] = [.rollout, .person, .change, .campaign].sorted()
        #expect(order == [.person, .campaign, .change, .rollout])
        #expect(OperationPriority.changes(1) == .change)
        #expect(OperationPriority.changes(500) == .rollout)
    }

    @Test("patches all that is wanted, clears what is wanted no more, and leaves the id alone")
    func managedPatch() {
        let wanted: JSONObject = ["id": "1.a", "state": "ACTIVE", "barcode": ["type": "QR_CODE"], "list": [1]]
        let sent: JSONObject = [
            "id": "1.a", "state": "EXPIRED", "barcode": ["type": "QR_CODE", "alternateText": "x"], "list": [1, 2],
            "gone": ["a": 1],
        ]
        let expected: JSONObject = [
            "state": "ACTIVE", "barcode": ["type": "QR_CODE", "alternateText": .null], "list": [1], "gone": .null,
        ]
        #expect(ManagedPatch.whole(wanted: wanted, sent: sent) == expected)
        #expect(
            ManagedPatch.whole(wanted: wanted, sent: nil) == [
                "state": "ACTIVE", "barcode": ["type": "QR_CODE"], "list": [1],
            ])
    }

    @Test("advises on what Google refuses, by status and reason")
    func remedies() throws {
        let issuer = try #require(GoogleIssuerID(rawValue: "3388"))
        func remedy(_ status: Int, _ reason: String, _ consequence: GoogleFailure.Consequence) -> String? {
            Remedy.text(
                for: GoogleFailure(consequence, status: status, reason: reason, message: "m"), issuerID: issuer,
                clientEmail: "w@acme")
        }
        #expect(remedy(503, "backendError", .retry) == nil)
        #expect(remedy(403, "permissionDenied", .permanent)?.contains("w@acme") == true)
        #expect(remedy(403, "permissionDenied", .permanent)?.contains("3388") == true)
        #expect(remedy(403, "insufficientPermissions", .permanent)?.contains("Enable") == true)
        #expect(remedy(400, "tokenRefused", .permanent)?.contains("key") == true)
        #expect(remedy(400, "invalidResource", .permanent)?.contains("google.class") == true)
    }
}
