import GoogleWalletSchema
import Testing

@Suite struct GoogleDateTimeTests {
    @Test(arguments: [
        // The examples of Google's reference, and their instants by `date -d`.
        ("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.52Z", 482_196_050),
        ("1985-04-12T19:20:50.52-04:00", "1985-04-12T19:20:50.52-04:00", 482_196_050),
        ("2012-07-22T14:25-08:00", "2012-07-22T14:25:00-08:00", 1_342_995_900),
        ("2028-02-29T00:00:00+05:30", "2028-02-29T00:00:00+05:30", 1_835_375_400),
        ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z", -1),
        ("2027-01-01T00:00:00+01:02:03", "2027-01-01T00:00:00+01:02:03", 1_798_757_877),
    ])
    func readsAnInstant(text: String, written: String, instant: Int) throws {
        let date = try #require(GoogleDateTime(text))
        #expect(date.instant == instant)
        #expect(date.text == written)
    }

    @Test func readsALocalTime() throws {
        let date = try #require(GoogleDateTime("2027-03-05T06:30:00"))
        #expect(date.instant == nil)
        #expect(date.text == "2027-03-05T06:30:00")
        #expect(date.inUTC == date)
    }

    @Test func comparesByInstant() throws {
        let first = try #require(GoogleDateTime("2027-03-05T06:30:00+01:00"))
        let second = try #require(GoogleDateTime("2027-03-05T05:30:00.000Z"))
        #expect(first != second)
        #expect(first.inUTC == second.inUTC)
    }

    @Test(arguments: [
        "", "2027-03-05", "2027-03-05 06:30:00", "2027-02-29T00:00:00Z", "2027-13-01T00:00:00Z", "2027-03-05T24:00:00Z",
        "2027-03-05T06:30:00+0100", "2027-03-05T06:30:00z", "2027-03-05T06:30:00.Z", "2027-03-05T06:30:00.1234567890Z",
        "2027-03-05T06:30:00Zx", "27-03-05T06:30:00Z",
    ])
    func refusesWhatIsNoDate(text: String) {
        #expect(GoogleDateTime(text) == nil)
    }

    @Test(arguments: [("1970-01-01T00:00:00Z", 3), ("2027-03-05T06:30:00Z", 4), ("2000-02-29T00:00:00Z", 1)])
    func knowsTheDayOfTheWeek(text: String, weekday: Int) throws {
        let date = try #require(GoogleDateTime(text))
        #expect(CivilDate(dayNumber: date.localSeconds / 86_400).weekday == weekday)
    }
}
