import HTTPTypes
import Postgres
import ServiceKit
import Support
import Testing

@Suite("Instants in the database")
struct InstantCodingTests {
    @Test(
        "keeps every microsecond, before 1970 and after 2038 too",
        arguments: [
            ("2027-01-01T00:00:00.123456Z", "1798761600.123456"), ("1969-12-31T23:59:59.999999Z", "-0.000001"),
            ("2100-02-28T12:00:00Z", "4107499200.000000"),
        ])
    func roundTrip(_ text: String, _ epoch: String) async throws {
        let database = try await TestDatabase.make()
        let pool = PostgresPool.started(database.superuserURL)
        let instant = try #require(Instant(rfc3339: text))
        let rows = try await pool.query(
            "SELECT \(instant) AS same, extract(epoch FROM \(instant))::numeric(20, 6)::text AS epoch, \([instant]) AS many"
        )
        await pool.close()
        let row = try #require(rows.first)
        let same = try row.decode("same", as: Instant.self)
        let seconds = try row.decode("epoch", as: String.self)
        let many = try row.decode("many", as: [Instant].self)
        #expect(same == instant && seconds == epoch && many == [instant])
    }
}
