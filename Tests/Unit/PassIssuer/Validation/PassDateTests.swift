import Foundation
import Testing

@testable import PassIssuer

@Suite struct PassDateTests {
    @Test(
        "reads Apple's dates",
        arguments: [
            ("1970-01-01T00:00Z", 0), ("1970-01-01T00:00:01Z", 1), ("2012-07-22T14:25-08:00", 1_342_995_900),
            ("2027-01-01T00:00:00Z", 1_798_761_600), ("2024-02-29T23:59:59+00:00", 1_709_251_199),
            ("2000-02-29T12:00:00+14:00", 951_775_200), ("1969-12-31T23:59:59Z", -1),
            ("0000-01-01T00:00Z", -62_167_219_200),
            ("9999-12-31T23:59:59Z", 253_402_300_799), ("2026-03-29T02:30:00+05:30", 1_774_731_600),
        ])
    func reads(text: String, seconds: Int) {
        #expect(PassDate(text)?.seconds == seconds)
    }

    @Test(
        "refuses what phones refuse",
        arguments: [
            "", "2027-01-01", "2027-01-01T00:00", "2027-01-01T00:00:00", "2027-01-01T00:00:00.000Z",
            "2027-01-01T00:00:00+0000", "2027-01-01T00:00:00+00", "2027-01-01T00:00:00ZZ", "2027-01-01T00:00:00Z ",
            " 2027-01-01T00:00:00Z", "2027-01-01t00:00:00Z", "2027-01-01T00:00:00z", "2027-01-01 00:00:00Z",
            "2027-13-01T00:00:00Z", "2027-00-01T00:00:00Z", "2027-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
            "2027-04-31T00:00:00Z", "2027-01-00T00:00:00Z", "2027-01-01T24:00:00Z", "2027-01-01T00:60:00Z",
            "2027-01-01T00:00:60Z", "2027-1-1T00:00:00Z", "27-01-01T00:00:00Z", "2027-01-01T0:00:00Z",
            "2027-01-01T00:00:00+24:00", "2027-01-01T00:00:00+01:60", "2027-01-01T00:00:00−01:00", "١٩٧٠-01-01T00:00Z",
            "2027-01-01T00Z", "20270101T000000Z", "+2027-01-01T00:00:00Z", "2027-01-01T00:00:Z",
        ])
    func refuses(text: String) {
        #expect(PassDate(text) == nil)
    }

    @Test("writes what Foundation's ISO 8601 style reads as the same instant, and reads it back")
    func writes() throws {
        var generator = SplitMix(state: 42)
        for _ in 0..<3000 {
            let seconds = Int.random(in: -62_135_596_800...253_402_214_400, using: &generator)
            let offset = Int.random(in: -14 * 60...14 * 60, using: &generator)
            guard let date = PassDate(seconds: seconds, offsetMinutes: offset) else { continue }
            let text = date.text
            #expect(PassDate(text) == date)
            #expect(text.utf8.count == (offset == 0 ? 20 : 25))
            // Foundation's calendar is Julian before 1582.
            if seconds > -12_000_000_000 {
                #expect(try Date.ISO8601FormatStyle().parse(text).timeIntervalSince1970 == Double(seconds))
            }
        }
    }

    @Test("writes the edges of the calendar")
    func edges() {
        #expect(PassDate(seconds: 951_782_400)?.text == "2000-02-29T00:00:00Z")
        #expect(PassDate(seconds: -1)?.text == "1969-12-31T23:59:59Z")
        #expect(PassDate(seconds: 1_342_995_900, offsetMinutes: -480)?.text == "2012-07-22T14:25:00-08:00")
        #expect(PassDate(seconds: 1_774_731_600, offsetMinutes: 330)?.text == "2026-03-29T02:30:00+05:30")
        #expect(PassDate(seconds: 253_402_300_799, offsetMinutes: 1) == nil)
        #expect(PassDate(seconds: 253_402_300_800) == nil)
        #expect(PassDate(seconds: 0, offsetMinutes: 1440) == nil)
    }

    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }
}
