import JSON
import Postgres
import Support
import Testing

@Suite("Values on their way to PostgreSQL and back")
struct PostgresRoundTripTests {
    static let texts = [
        "", "a", "it's", "\"quoted\"", "back\\slash", "'; DROP TABLE passes; --", "{a,b}", "NULL", "\u{1}\u{7f}",
        "ß€𝄞👩‍👩‍👧",
        "e\u{301}", "line\nbreak\r\ttab", "$1", "%s", String(repeating: "長", count: 100_000),
    ]

    private func withPool(_ body: (PostgresPool) async throws -> Void) async throws {
        let pool = PostgresPool.started(try await SharedDatabase.value().ownerURL(for: .passIssuer), .test(size: 2))
        do { try await body(pool) } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    private func returned<T: PostgresEncodable & PostgresDecodable>(
        _ value: T, _ pool: PostgresPool
    ) async throws -> T {
        let rows = try await pool.query("SELECT \(value) AS value")
        let byName: T = try #require(rows.first).decode("value")
        return byName
    }

    @Test("texts come back unchanged")
    func texts() async throws {
        try await withPool { pool in
            for text in Self.texts {
                #expect(Array(try await returned(text, pool).utf8) == Array(text.utf8))
                // The server measures the same bytes: nothing was cut, quoted or decoded on the way.
                let row = try #require(try await pool.query("SELECT octet_length(\(text)) AS length").first)
                #expect(try row.decode("length", as: Int.self) == text.utf8.count)
            }
            #expect(try await returned(Self.texts, pool) == Self.texts)
            #expect(try await returned([String](), pool) == [])
            #expect(try await returned([nil, "a", nil, ""] as [String?], pool) == [nil, "a", nil, ""])
        }
    }

    @Test("a text with NUL is refused, not cut")
    func nulInText() async throws {
        try await withPool { pool in
            await #expect(throws: PostgresError.self) { try await pool.query("SELECT \("a\u{0}b")") }
        }
    }

    @Test("integers come back unchanged, the extreme ones too")
    func integers() async throws {
        try await withPool { pool in
            var random = SystemRandomNumberGenerator()
            let extremes: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max, Int64(Int32.min), Int64(Int32.max) + 1]
            let values = extremes + (0..<200).map { _ in Int64.random(in: .min ... .max, using: &random) }
            for value in values {
                #expect(try await returned(value, pool) == value)
                let row = try #require(try await pool.query("SELECT \(value)::text AS t, \(value)::numeric AS n").first)
                #expect(try row.decode("t", as: String.self) == String(value))
                #expect(try row.decode("n", as: Int64.self) == value)
                #expect(try row.decode("n", as: String.self) == String(value))
            }
            #expect(try await returned(values, pool) == values)
            #expect(try await returned([Int.min, Int.max], pool) == [Int.min, Int.max])
            #expect(try await returned(Int32.min, pool) == Int32.min)
            #expect(try await returned([Int32.min, 0, Int32.max], pool) == [Int32.min, 0, Int32.max])
            #expect(try await returned(Int64?.none, pool) == nil)
            #expect(try await returned(Int64?.some(.min), pool) == .min)
        }
    }

    @Test("numbers that do not fit are an error, not another number")
    func overflow() async throws {
        try await withPool { pool in
            let row = try #require(try await pool.query("SELECT \(Int64(Int32.max) + 1) AS a, 1.5 AS b, 1 AS c").first)
            #expect(throws: PostgresError.decoding(column: "a", expected: "Int32", found: "type 20")) {
                try row.decode("a", as: Int32.self)
            }
            #expect(throws: PostgresError.self) { try row.decode("b", as: Int.self) }
            #expect(throws: PostgresError.self) { try row.decode("c", as: String.self) }
            #expect(throws: PostgresError.self) { try row.decode("d", as: Int.self) }
            #expect(try row.decode("b", as: Double.self) == 1.5)
        }
    }

    @Test("bytes come back unchanged")
    func bytes() async throws {
        try await withPool { pool in
            let all = [UInt8](0...255)
            for value in [[], [0], all, [UInt8](repeating: 0x27, count: 300_000)] {
                #expect(try await returned(value, pool) == value)
            }
            let row = try #require(try await pool.query("SELECT encode(\(all), 'hex') AS hex").first)
            let hex = all.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            #expect(try row.decode("hex", as: String.self) == hex)
            #expect(try await returned([all, [], [0]], pool) == [all, [], [0]])
            #expect(try await returned([[UInt8]](), pool) == [])
            #expect(try await returned([UInt8]?.none, pool) == nil)
        }
    }

    @Test("truth values and floating-point numbers come back unchanged")
    func scalars() async throws {
        try await withPool { pool in
            #expect(try await returned(true, pool) == true)
            #expect(try await returned(false, pool) == false)
            #expect(try await returned([true, false], pool) == [true, false])
            let doubles = [0, -0.0, 0.1, -1.5e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity]
            for value in doubles {
                let returned = try await returned(value, pool)
                #expect(returned.bitPattern == value.bitPattern)
            }
            let notANumber = try await returned(Double.nan, pool)
            #expect(notANumber.isNaN)
        }
    }

    @Test("instants come back to the microsecond and mean what the server prints")
    func timestamps() async throws {
        try await withPool { pool in
            for value: Int64 in [0, -1, 1_700_000_000_123_456, -11_644_473_600_000_000, 253_402_300_799_999_999] {
                let instant = PostgresTimestamp(microseconds: value)
                #expect(try await returned(instant, pool) == instant)
            }
            let sent = PostgresTimestamp(microseconds: 1_000_000_000_500_000)
            let row = try #require(
                try await pool.query("SELECT to_char(\(sent) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS t")
                    .first)
            #expect(try row.decode("t", as: String.self) == "2001-09-09 01:46:40.500000")
            let infinite = try #require(try await pool.query("SELECT 'infinity'::timestamptz AS t").first)
            #expect(throws: PostgresError.self) { try infinite.decode("t", as: PostgresTimestamp.self) }
        }
    }

    @Test("JSON comes back as jsonb and as json")
    func json() async throws {
        try await withPool { pool in
            let value = try JSON.parse(#"{"a":[1,2.50,null,true,"'; --\\\"ü"],"b":{}}"#)
            #expect(try await returned(value, pool) == value)
            let row = try #require(try await pool.query("SELECT \(value)::jsonb->'a'->>4 AS t, '[1]'::json AS j").first)
            #expect(try row.decode("t", as: String.self) == "'; --\\\"ü")
            #expect(try row.decode("j", as: JSONValue.self) == [1])
        }
    }

    @Test("numbers of any size come back as the server prints them")
    func numerics() async throws {
        try await withPool { pool in
            let numbers = [
                "0", "-0.5", "10000", "0.0001", "0.00001", "123456789.987654321", "99999999999999999999999999", "NaN",
                "-1.10", "100000000.00000001", "Infinity",
            ]
            for number in numbers {
                let row = try #require(try await pool.query("SELECT \(number)::numeric AS n").first)
                #expect(try row.decode("n", as: String.self) == number)
            }
        }
    }

    enum Colour: String, PostgresEncodable, PostgresDecodable { case red, green }

    @Test("types with a raw value are bound and read as that; unknown values are errors")
    func rawValues() async throws {
        try await withPool { pool in
            #expect(try await returned(Colour.green, pool) == .green)
            #expect(try await returned([Colour.red, .green], pool) == [.red, .green])
            #expect(try await returned(Colour?.none, pool) == nil)
            let row = try #require(try await pool.query("SELECT 'blue' AS c, NULL::text AS n").first)
            #expect(throws: PostgresError.self) { try row.decode("c", as: Colour.self) }
            #expect(throws: PostgresError.decoding(column: "n", expected: "String", found: "NULL")) {
                try row.decode("n", as: String.self)
            }
            let (first, second) = try row.decode(String.self, Colour?.self)
            #expect(first == "blue" && second == nil)
            #expect(throws: PostgresError.self) { try row.decode(String.self) }
        }
    }
}
