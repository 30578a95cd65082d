import Contracts
import HTTPTypes
import Testing

@testable import DeviceRegistry

@Suite struct PassTimelineTests {
    private static let pass = PassReference(passTypeIdentifier: .written("pass.x"), serialNumber: .written("s"))

    /// Writes events as `kind device`, each a second after the one before.
    private static func recorded(_ words: [String]) throws -> [RecordedPassEvent] {
        try words.enumerated().map { second, words in
            let parts = words.split(separator: " ")
            return RecordedPassEvent(
                at: Instant(seconds: second), kind: try #require(RecordedPassEvent.Kind(rawValue: String(parts[0]))),
                pass: pass, device: parts.count > 1 ? DeviceLibraryIdentifier(rawValue: String(parts[1])) : nil)
        }
    }

    private static func devices(_ words: String...) throws -> [String?] {
        PassTimeline.events(try recorded(words), logs: []).map { $0.deviceLibraryIdentifier?.rawValue }
    }

    @Test("counts a fetch for the device that asked last")
    func last() throws {
        #expect(try Self.devices("changesListed a", "changesListed b", "fetched") == ["a", "b", "b"])
        #expect(try Self.devices("changesListed a", "notModified", "fetched") == ["a", "a", "a"])
    }

    @Test("counts the second of two fetches for the other device that asked")
    func both() throws {
        let devices = try Self.devices("changesListed a", "changesListed b", "fetched", "fetched", "notModified")
        #expect(devices == ["a", "b", "b", "a", "a"])
    }

    @Test("counts a fetch for nobody before anyone has asked, and for nobody who has let the pass go")
    func nobody() throws {
        #expect(try Self.devices("registered a", "fetched") == ["a", nil])
        #expect(
            try Self.devices("changesListed b", "changesListed a", "unregistered a", "fetched") == ["b", "a", "a", "b"])
    }

    @Test("puts what was written in another order, and what phones reported, into the order of their times")
    func order() throws {
        let recorded = try Self.recorded(["changesListed a", "fetched", "changesListed b", "fetched"]).reversed()
        let log = DeviceLogItem(
            at: Instant(seconds: 1).adding(seconds: 1), line: "line", kind: .invalidPass, meaning: "It means this.",
            remedy: "Do that.")
        let events = PassTimeline.events(Array(recorded), logs: [log])
        #expect(events.map(\.at.wholeSeconds) == [0, 1, 2, 2, 3])
        #expect(events.filter { $0.kind == .fetched }.map { $0.deviceLibraryIdentifier?.rawValue } == ["a", "b"])
        #expect(events.first { $0.kind == .deviceLog }?.detail == "invalidPass: It means this.")
    }

    @Test("waits longer with each failed attempt, half a minute at most")
    func backOff() {
        let pauses = (1...20).map { PushDelivery.backOff(attempts: $0, jitter: 1) }
        #expect(pauses.prefix(4) == [500, 1_000, 2_000, 4_000])
        #expect(pauses.allSatisfy { $0 <= 30_000 } && pauses.last == 30_000)
        #expect(PushDelivery.backOff(attempts: 1, jitter: 0.5) == 250)
    }
}
