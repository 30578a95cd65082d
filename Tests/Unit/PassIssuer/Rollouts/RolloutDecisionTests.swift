import Contracts
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct RolloutDecisionTests {
    private let start = CampaignVersions.made

    private func rollout(
        state: RolloutState = .running, total: Int = 1_000, notified: Int = 0, failed: Int = 0, rate: Int? = nil,
        pacedTreated: Int = 0
    ) throws -> PassIssuer.Rollout {
        PassIssuer.Rollout(
            id: try #require(RolloutID(rawValue: "r")), number: 1, campaign: nil, cause: .passUpdates, state: state,
            total: total, notified: notified, unchanged: 0, failed: failed, ratePerSecond: rate, startedAt: start,
            finishedAt: nil, pacedAt: start, pacedTreated: pacedTreated)
    }

    @Test("says how long it will go on by the pace that it has had since it was last steered")
    func remaining() throws {
        #expect(try rollout(notified: 200, failed: 50).remainingSeconds(at: start.adding(seconds: 10)) == 30)
        #expect(try rollout(notified: 500, pacedTreated: 400).remainingSeconds(at: start.adding(seconds: 10)) == 50)
        #expect(try rollout(notified: 1_000).remainingSeconds(at: start.adding(seconds: 10)) == 0)
    }

    @Test("has no remaining time before it has a pace, unless its rate gives one, nor while it does not run")
    func noPace() throws {
        #expect(try rollout().remainingSeconds(at: start.adding(seconds: 10)) == nil)
        #expect(try rollout(rate: 300).remainingSeconds(at: start) == 4)
        for state in [RolloutState.paused, .done, .failed, .superseded] {
            #expect(try rollout(state: state, notified: 10).remainingSeconds(at: start.adding(seconds: 10)) == nil)
        }
    }

    @Test("a rate makes batches of a second's passes, and puts the next off by what they are worth")
    func rates() {
        #expect(RolloutPace.batchSize(ratePerSecond: nil, lateMilliseconds: 0) == 2_000)
        #expect(RolloutPace.batchSize(ratePerSecond: 50, lateMilliseconds: 0) == 50)
        #expect(RolloutPace.batchSize(ratePerSecond: 100_000, lateMilliseconds: 0) == 2_000)
        #expect(RolloutPace.delayMicroseconds(treated: 50, ratePerSecond: 50) == 1_000_000)
        #expect(RolloutPace.delayMicroseconds(treated: 2_000, ratePerSecond: 100_000) == 20_000)
        #expect(RolloutPace.delayMicroseconds(treated: 0, ratePerSecond: 1) == 0)
        #expect(RolloutPace.delayMicroseconds(treated: 2_000, ratePerSecond: nil) == 0)
    }

    @Test(
        "a rollout whose turn comes late makes up for it, by twenty passes at most where a second allows fewer",
        arguments: [
            (1, 0, 1), (1, 900, 1), (1, 6_500, 7), (1, 19_000, 20), (1, 3_600_000, 20), (7, 1_000, 14), (7, 5_000, 20),
            (11, 500, 16), (11, 1_500, 20), (20, 5_000, 20), (50, 5_000, 50), (100_000, 5_000, 2_000),
        ])
    func arrears(rate: Int, late: Int, size: Int) {
        #expect(RolloutPace.batchSize(ratePerSecond: rate, lateMilliseconds: late) == size)
    }

    @Test(
        "a rollout comes to its rate however late its turns are, up to a second, or what twenty passes take",
        arguments: [(1, 20_000), (7, 2_857), (11, 1_818), (20, 1_000), (50, 1_000), (100_000, 1_000)])
    func credit(rate: Int, milliseconds: Int) {
        #expect(RolloutPace.creditMilliseconds(ratePerSecond: rate) == milliseconds)
    }

    @Test("a batch that comes to nothing is tried later and later, ten seconds at most")
    func backOff() {
        #expect([0, 1, 2, 5, 50].map { RolloutWalking.backOff(faults: $0) } == [250, 500, 1_000, 8_000, 10_000])
    }

    @Test(
        "warns of mass updates that iOS would slow down, for as long as it matters",
        arguments: [
            ([0], 10, false), ([60, 0], 70, true), ([1_799, 0], 1_799, true), ([1_800, 0], 1_800, false),
            ([60, 0], 60 + 1_800, false), ([7_200, 0], 7_200, false), ([], 0, false),
        ])
    func frequency(starts: [Int], now: Int, warns: Bool) {
        let warning = UpdateFrequency.warning(
            of: starts.map { start.adding(seconds: $0) }, at: start.adding(seconds: now))
        #expect((warning != nil) == warns)
    }

    @Test("many messages about passes become one for each pass type, credentials stay as they are")
    func joined() throws {
        let types = try ["pass.b", "pass.a"].map { try #require(PassTypeIdentifier(rawValue: $0)) }
        let serials = try ["1", "2", "3"].map { try #require(SerialNumber(rawValue: $0)) }
        let contents: [OutboxContent] = [
            .passesChanged(PassesChanged(passTypeIdentifier: types[0], serialNumbers: [serials[0]])),
            .pushCredentials(types[0]),
            .passesChanged(PassesChanged(passTypeIdentifier: types[1], serialNumbers: [serials[1]])),
            .passesChanged(PassesChanged(passTypeIdentifier: types[0], serialNumbers: [serials[2]])),
        ]
        let objects = (0..<501).map { "o\($0)" }.compactMap(SerialNumber.init(rawValue:))
        let google = OutboxContent.joined(objects.map { .googleObjects([$0]) })
        #expect(google == [.googleObjects(Array(objects.prefix(500))), .googleObjects([objects[500]])])
        #expect(
            OutboxContent.joined(contents) == [
                .pushCredentials(types[0]),
                .passesChanged(PassesChanged(passTypeIdentifier: types[1], serialNumbers: [serials[1]])),
                .passesChanged(PassesChanged(passTypeIdentifier: types[0], serialNumbers: [serials[0], serials[2]])),
            ])
    }

    @Test(
        "reads a line of a mass update, or says why it is none",
        arguments: [
            (#"{"serialNumber":"s","voucher":{"points":1}}"#, nil),
            (#"{"serialNumber":"s"}"#, nil),
            (#"{"serialNumber":"s","voided":null,"contact":null}"#, nil),
            (#"{"serialNumber":"s""#, "no JSON"),
            (#"{"voucher":{}}"#, "serialNumber"),
            (#"{"serialNumber":"s","vouchers":{}}"#, "/vouchers"),
            (#"{"serialNumber":"s","voucher":[]}"#, "/voucher"),
            (#"{"serialNumber":7}"#, "/serialNumber"),
            (#"[]"#, "no update"),
        ] as [(String, String?)])
    func lines(text: String, reason: String?) {
        let line = LineSplitter.Line(number: 3, bytes: Array(text.utf8))
        switch PassUpdateReader.read(line, maximumBytes: 100) {
        case .success(let update): #expect(reason == nil && update.line == 3)
        case .failure(let malformed): #expect(malformed.reason.contains(reason ?? "?"), "\(malformed.reason)")
        }
    }

    @Test("says that a line was too long")
    func longLine() {
        let result = PassUpdateReader.read(LineSplitter.Line(number: 3, bytes: nil), maximumBytes: 100)
        #expect(throws: PassUpdateReader.Malformed(reason: "The line is longer than 100 bytes.")) { try result.get() }
    }
}
