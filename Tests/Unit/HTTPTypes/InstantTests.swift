import HTTPTypes
import JSON
import Testing

@Suite struct InstantTests {
    // Seconds by `date -u -d … +%s`.
    private static let seconds: [(text: String, httpDate: String, seconds: Int)] = [
        ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("2000-02-29T23:59:59Z", "Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799),
        ("2027-01-01T00:00:00Z", "Fri, 01 Jan 2027 00:00:00 GMT", 1_798_761_600),
        ("2100-02-28T12:00:00Z", "Sun, 28 Feb 2100 12:00:00 GMT", 4_107_499_200),
        ("1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT", -1),
        ("9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
    ]

    @Test("writes and reads RFC 3339 and IMF-fixdate", arguments: seconds)
    func writesAndReads(text: String, httpDate: String, seconds: Int) {
        let instant = Instant(seconds: seconds)
        #expect(instant.rfc3339 == text)
        #expect(instant.httpDate == httpDate)
        #expect(Instant(rfc3339: text) == instant)
        #expect(Instant(httpDate: httpDate) == instant)
    }

    @Test(
        "writes milliseconds, which microseconds are cut off to, also before 1970",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_798_761_600_007_999, "2027-01-01T00:00:00.007Z"),
            (1_798_761_600_999_999, "2027-01-01T00:00:00.999Z"), (951_868_799_120_000, "2000-02-29T23:59:59.120Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func writesMilliseconds(microseconds: Int64, text: String) {
        #expect(Instant(microseconds: microseconds).rfc3339Milliseconds == text)
    }

    @Test(
        "reads the three forms of RFC 9110 §5.6.7",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        ])
    func readsObsoleteForms(text: String) {
        #expect(Instant(httpDate: text)?.wholeSeconds == 784_111_777)
    }

    @Test(
        "takes a two-digit year more than 50 years ahead for the last century's",
        arguments: [
            ("Sunday, 06-Nov-94 08:49:37 GMT", "1994"), ("Friday, 01-Jan-27 00:00:00 GMT", "2027"),
            ("Wednesday, 01-Jan-76 00:00:00 GMT", "2076"), ("Friday, 01-Jan-77 00:00:00 GMT", "1977"),
        ])
    func resolvesShortYears(text: String, year: String) throws {
        let now = try #require(Instant(rfc3339: "2026-11-24T00:00:00Z"))
        #expect(Instant(httpDate: text, now: now)?.rfc3339.hasPrefix(year) == true)
    }

    @Test(
        "refuses what is no HTTP date",
        arguments: [
            "", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 +0000", "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT", "sun, 06 nov 1994 08:49:37 gmt",
            "Sun, 06 Nov 1994 08:49:37 GMT ", "1994-11-06T08:49:37Z", "784111777", "Sun Nov 6 08:49:37 1994",
        ])
    func refusesBadHTTPDates(text: String) {
        #expect(Instant(httpDate: text) == nil)
    }

    @Test(
        "reads any offset and fraction of RFC 3339",
        arguments: [
            ("1994-11-06T09:49:37+01:00", 784_111_777_000_000), ("1994-11-06T03:19:37-05:30", 784_111_777_000_000),
            ("1994-11-06t08:49:37z", 784_111_777_000_000), ("1994-11-06T08:49:37.5Z", 784_111_777_500_000),
            ("1994-11-06T08:49:37.1234567Z", 784_111_777_123_456), ("1994-11-06T08:49:60Z", 784_111_800_000_000),
            ("1969-12-31T23:59:59.25Z", -750_000),
        ])
    func readsOffsets(text: String, microseconds: Int64) {
        #expect(Instant(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(
        "refuses what is no RFC 3339 instant",
        arguments: [
            "", "1994-11-06", "1994-11-06T08:49:37", "1994-13-06T08:49:37Z", "1994-11-31T08:49:37Z",
            "1900-02-29T00:00:00Z",
            "1994-11-06T25:00:00Z", "1994-11-06T08:49:37.Z", "1994-11-06T08:49:37+0100", "94-11-06T08:49:37Z",
            "1994-11-06T08:49:37ZZ",
        ])
    func refusesBadRFC3339(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test("stays within the years 0000 to 9999 whatever it is given")
    func saturates() {
        #expect(Instant(seconds: .max) == .latest)
        #expect(Instant(seconds: .min) == .earliest)
        #expect(Instant(microseconds: .max) == .latest)
        #expect(Instant.latest.adding(seconds: .max) == .latest)
        #expect(Instant.earliest.adding(seconds: .min) == .earliest)
        #expect(Instant.earliest.rfc3339 == "0000-01-01T00:00:00Z")
        #expect(Instant.latest.rfc3339 == "9999-12-31T23:59:59Z")
    }

    @Test("rounds down to whole seconds, before 1970 too")
    func roundsDown() {
        #expect(Instant(microseconds: -1).wholeSeconds == -1)
        #expect(Instant(microseconds: -1).microsecondsOfSecond == 999_999)
        #expect(Instant(microseconds: 1_999_999).truncatedToSecond == Instant(seconds: 1))
    }

    @Test("is RFC 3339 text without a fraction in JSON")
    func codes() throws {
        let bytes = try JSON.encode([Instant(microseconds: 784_111_777_999_999)])
        #expect(String(decoding: bytes, as: UTF8.self) == #"["1994-11-06T08:49:37Z"]"#)
        let read = try JSON.decode([Instant].self, from: Array(#"["1994-11-06T08:49:37.5Z"]"#.utf8))
        #expect(read == [Instant(microseconds: 784_111_777_500_000)])
        #expect(throws: JSONDecodingFailure.self) { try JSON.decode([Instant].self, from: Array("[1]".utf8)) }
        #expect(throws: JSONDecodingFailure.self) { try JSON.decode([Instant].self, from: Array(#"["now"]"#.utf8)) }
    }

    @Test("agrees with the system's clock")
    func readsTheClock() async throws {
        let before = try #require(Int(try await Shell.run("date +%s")))
        let now = Instant.now().wholeSeconds
        let after = try #require(Int(try await Shell.run("date +%s")))
        #expect((before...after).contains(now))
    }
}
