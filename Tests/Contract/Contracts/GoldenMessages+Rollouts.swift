import Contracts
import HTTPTypes
import JSON

extension GoldenMessages {
    static let rollouts = [
        GoldenMessage("pass-issuer/rollout", closed: ["", "/errors/0"]) {
            try Rollout(
                id: id("0198c1d2-7a5b-7c3e-9f10-2b3c4d5e6f72"), cause: .passUpdates, state: .done, total: 100,
                notified: 90, unchanged: 8, failed: 2,
                errors: [
                    RolloutError(line: 7, reason: "the line is no JSON"),
                    RolloutError(line: 9, serialNumber: id("0f9c1b"), reason: "unknown serial number"),
                ],
                startedAt: instant("2026-06-02T09:30:00Z"), finishedAt: instant("2026-06-02T09:31:10Z"),
                ratePerSecond: 50)
        },
        GoldenMessage("pass-issuer/rollout-reference") {
            try RolloutReference(rolloutId: id("0198c1d2-7a5b-7c3e-9f10-2b3c4d5e6f72"))
        },
        GoldenMessage("pass-issuer/rollout-rate") { RolloutRate(perSecond: .value(200)) },
        GoldenMessage("pass-issuer/rollout-rate-default") { RolloutRate(perSecond: .null) },
        GoldenMessage("pass-issuer/pass-update-line") {
            try PassUpdateLine(
                serialNumber: id("0f9c1b"), voucher: .value(["value": 11, "gone": .null]), voided: .null)
        },
        GoldenMessage("pass-issuer/timeline-answer", closed: ["", "/events/0", "/events/1"]) {
            try TimelineAnswer(
                events: [
                    TimelineEvent(
                        at: instant("2026-06-02T09:30:00Z"), service: "pass-issuer", kind: .changed,
                        detail: "Its data were changed."),
                    TimelineEvent(
                        at: instant("2026-06-02T09:30:01Z"), service: "push-sender", kind: .pushAccepted,
                        detail: "APNs took the push.", deviceLibraryIdentifier: id("8f3c2a1b9d7e6f5041c2d3e4f5a6b7c8")),
                ], waitingFor: .changesListed, missing: ["google-bridge"])
        },
        GoldenMessage("pass-issuer/timeline-answer-quiet") { TimelineAnswer(events: []) },
        GoldenMessage("pass-issuer/overview-answer", closed: ["", "/totals", "/days/0"]) {
            OverviewAnswer(
                days: [
                    ActivityDay(
                        date: "2026-06-01", issued: 1, installed: 2, removed: 3, updates: 4, pushesAccepted: 5,
                        pushesRejected: 6, googleSaved: 7, googleDeleted: 8),
                    ActivityDay(date: "2026-06-02", issued: 10),
                ], warnings: ["google-bridge can't be asked now."])
        },
    ]
}
