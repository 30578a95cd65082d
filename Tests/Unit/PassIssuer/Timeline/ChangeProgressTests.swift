import Contracts
import HTTPTypes
import Testing

@testable import PassIssuer

@Suite struct ChangeProgressTests {
    /// What each device went through, as `kind@second`; the change was at second 100.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let devices: [[String]]
        var google: [String] = []
        var knowsPushes = true
        var isPushed = true
        var change: Int? = 100
        let expected: PassEventKind?

        init(
            _ name: String, _ devices: [[String]], google: [String] = [], knowsPushes: Bool = true,
            isPushed: Bool = true, change: Int? = 100, waitsFor expected: PassEventKind?
        ) {
            testDescription = name
            self.devices = devices
            self.google = google
            self.knowsPushes = knowsPushes
            self.isPushed = isPushed
            self.change = change
            self.expected = expected
        }
    }

    static let before = ["registered@10", "pushQueued@20", "pushAccepted@21", "changesListed@22", "fetched@23"]

    static let cases = [
        Case("no change", [before], change: nil, waitsFor: nil),
        Case("no device", [], waitsFor: nil),
        Case("nothing since the change", [before], waitsFor: .pushQueued),
        Case("a push waits", [before + ["pushQueued@101"]], waitsFor: .pushAccepted),
        Case("APNs took it", [before + ["pushQueued@101", "pushAccepted@102"]], waitsFor: .changesListed),
        Case("APNs refused it", [before + ["pushQueued@101", "pushRejected@102"]], waitsFor: .pushAccepted),
        Case(
            "the phone was told", [before + ["pushQueued@101", "pushAccepted@102", "changesListed@103"]],
            waitsFor: .fetched),
        Case(
            "the phone has it",
            [before + ["pushQueued@101", "pushAccepted@102", "changesListed@103", "fetched@104"]], waitsFor: nil),
        Case("the phone had it already", [before + ["changesListed@103", "notModified@104"]], waitsFor: nil),
        Case("a person pulled to refresh", [before + ["fetched@101"]], waitsFor: nil),
        Case("in the instant of the change", [before + ["fetched@100"]], waitsFor: nil),
        Case("it asked by itself, before any push", [before + ["changesListed@101"]], waitsFor: .fetched),
        Case("a push that waits since before the change", [before + ["pushQueued@99"]], waitsFor: .pushAccepted),
        Case(
            "one that waited, and was taken after the change", [before + ["pushQueued@99", "pushAccepted@101"]],
            waitsFor: .changesListed),
        Case(
            "one that was taken before the change", [before + ["pushQueued@98", "pushAccepted@99"]],
            waitsFor: .pushQueued),
        Case(
            "the device that is furthest behind", [before + ["fetched@104"], before + ["pushQueued@101"], before],
            waitsFor: .pushQueued),
        Case("all have it but one", [before + ["fetched@104"], before + ["changesListed@103"]], waitsFor: .fetched),
        Case("registered after the change", [["registered@150"]], waitsFor: .pushQueued),
        Case("a wallet that APNs does not serve", [before], isPushed: false, waitsFor: .changesListed),
        Case("push-sender can't be asked", [["registered@10"]], knowsPushes: false, waitsFor: .changesListed),
        Case(
            "push-sender can't be asked, the phone was told", [["changesListed@101"]], knowsPushes: false,
            waitsFor: .fetched),
        Case(
            "saved to Google, not written", [], google: ["googleWritten@5", "googleSaved@6"], waitsFor: .googleWritten),
        Case("saved to Google, written", [], google: ["googleSaved@6", "googleWritten@101"], waitsFor: nil),
        Case("deleted from Google", [], google: ["googleSaved@6", "googleDeleted@7"], waitsFor: nil),
        Case("at Google, never saved", [], google: ["googleWritten@5"], waitsFor: nil),
        Case(
            "a phone before Google", [before], google: ["googleSaved@6"], waitsFor: .pushQueued),
        Case(
            "Google when the phones are done", [before + ["fetched@101"]], google: ["googleSaved@6"],
            waitsFor: .googleWritten),
    ]

    @Test("names the first step that the newest change lacks", arguments: cases)
    func waits(_ example: Case) throws {
        let progress = ChangeProgress(
            change: example.change.map { Instant(seconds: $0) },
            devices: try example.devices.map {
                ChangeProgress.Device(isPushed: example.isPushed, events: try $0.map(Self.event))
            }, google: try example.google.map(Self.event), knowsPushes: example.knowsPushes)
        #expect(progress.waitingFor == example.expected)
    }

    @Test("puts the steps of all services into one order, and names the services that can't be asked")
    func order() {
        var timeline = Timeline()
        let at = Instant(microseconds: 1_000_000_500)
        timeline.add(
            [PassEvent(at: at, kind: .fetched, detail: "f"), PassEvent(at: at, kind: .changesListed, detail: "l")],
            from: "device-registry")
        timeline.add(
            [PassEvent(at: Instant(microseconds: 1_000_000_400), kind: .changed, detail: "c")], from: "pass-issuer")
        timeline.add(nil, from: "push-sender")
        timeline.add(nil, from: "push-sender")
        let answer = timeline.answer(waitingFor: nil)
        #expect(answer.events.map(\.kind) == [.changed, .changesListed, .fetched])
        #expect(answer.events.map(\.service) == ["pass-issuer", "device-registry", "device-registry"])
        #expect(answer.missing == ["push-sender"])
    }

    private static func event(_ text: String) throws -> PassEvent {
        let parts = text.split(separator: "@").map(String.init)
        return PassEvent(
            at: Instant(seconds: try #require(Int(parts[1]))), kind: try #require(PassEventKind(rawValue: parts[0])),
            detail: "")
    }
}
