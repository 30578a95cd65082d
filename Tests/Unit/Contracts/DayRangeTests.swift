import Contracts
import HTTPTypes
import Testing

@Suite struct DayRangeTests {
    private static let now = Instant(rfc3339: "2026-03-01T23:59:59Z") ?? .earliest

    private static func range(_ query: String) throws -> DayRange {
        try DayRange(QueryItems(query), now: now)
    }

    @Test("covers the days that are asked for, both ends included")
    func asked() throws {
        let range = try Self.range("from=2024-02-28&to=2024-03-01")
        #expect(range.dates == ["2024-02-28", "2024-02-29", "2024-03-01"])
        #expect(try Self.range("from=2024-02-29&to=2024-02-29").dates == ["2024-02-29"])
    }

    @Test("covers the last 30 days when none are asked for")
    func unasked() throws {
        let range = try Self.range("")
        #expect(range.from == "2026-01-31" && range.to == "2026-03-01")
        #expect(range.dates.count == 30)
    }

    @Test("counts a day that is missing from the other one")
    func half() throws {
        #expect(try Self.range("to=2026-01-30").from == "2026-01-01")
        #expect(try Self.range("from=2026-02-27").dates == ["2026-02-27", "2026-02-28", "2026-03-01"])
        #expect(try Self.range("from=2026-12-24").dates == ["2026-12-24"])
    }

    @Test(
        "refuses what is no date, the wrong order, and more days than anyone can look at",
        arguments: [
            "from=yesterday", "to=2026-02-30", "from=2026-2-1", "from=2026-03-02T00:00:00Z", "from=",
            "from=2026-03-02&to=2026-03-01", "from=0001-01-01&to=2026-03-01",
        ])
    func refuses(_ query: String) {
        #expect { try Self.range(query) } throws: { ($0 as? Problem)?.httpStatus == .badRequest }
    }
}
