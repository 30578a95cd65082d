import Contracts
import HTTPTypes
import JSON

/// Every message of the contracts.
enum GoldenMessages {
    static let all =
        common + walletConfigurations + campaigns + rollouts + passes + checks + deviceRegistry + pushSender
        + googleBridge + webhooks + erasures

    static let common = [
        GoldenMessage("common/problem") {
            var problem = Problem(
                .unprocessableContent, "The body has 1 fault.",
                errors: [ProblemError(pointer: "/pass/a~1b", detail: "unknown key")])
            problem.requestId = "01J-abc.DEF_9"
            return problem
        },
        GoldenMessage("common/page") {
            try Page(
                items: [
                    ImageItem(
                        file: id("de.lproj/logo@2x.png"),
                        sha256: id("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), width: 320,
                        height: 100, bytes: 4096)
                ], nextCursor: "b2Zmc2V0OjUw")
        },
        GoldenMessage("common/no-body", closed: []) { NoBody() },
        GoldenMessage("common/last-page") { Page<ImageItem>(items: []) },
        GoldenMessage("common/pass-events-answer", closed: ["", "/events/0"]) {
            try PassEventsAnswer(events: [
                PassEvent(
                    at: instant("2026-06-02T09:30:00Z"), kind: .pushAccepted, detail: "APNs took the push.",
                    deviceLibraryIdentifier: id("8f3c2a1b9d7e6f5041c2d3e4f5a6b7c8")),
                PassEvent(
                    at: Instant(microseconds: instant("2026-06-02T09:30:01Z").microseconds + 250_000),
                    kind: .googleWritten, detail: "The object was patched."),
            ])
        },
        GoldenMessage("common/statistics-answer", closed: ["", "/days/0"]) {
            StatisticsAnswer(days: [
                ActivityDay(
                    date: "2026-06-02", issued: 1, installed: 2, removed: 3, updates: 4, pushesAccepted: 5,
                    pushesRejected: 6, googleSaved: 7, googleDeleted: 8)
            ])
        },
    ]
}
