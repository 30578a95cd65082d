import Testing

@testable import Postgres

@Suite("Statements, errors and names of the Postgres library")
struct PostgresValueTests {
    @Test("interpolations become numbered parameters and never text")
    func interpolation() {
        let name = "'; DROP TABLE passes; --"
        let missing: Int? = nil
        let statement: SQL =
            "SELECT \(unescaped: "a, b") FROM \(identifier: "t\"x") WHERE n = \(name) AND m = \(missing)"
        #expect(statement.text == #"SELECT a, b FROM "t""x" WHERE n = $1 AND m = $2"#)
        #expect(statement.types == [25, 20])
        #expect(statement.lengths == [Int32(name.utf8.count), -1])
        #expect(statement.values == Array(name.utf8))
    }

    @Test("arrays have PostgreSQL's binary form")
    func arrayForm() {
        let statement: SQL = "\(["a", nil] as [String?])"
        // One dimension, with NULLs, of text (25), two elements from 1: "a", NULL (array_recv in PostgreSQL).
        #expect(
            statement.values == [
                0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 25, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0x61, 0xFF, 0xFF, 0xFF, 0xFF,
            ])
        #expect(statement.types == [1009])
    }

    @Test("errors and configurations show neither values nor passwords, however they are printed")
    func privacy() {
        let fault = PostgresServerFault(
            sqlState: .uniqueViolation, severity: "ERROR", constraint: "passes_pkey", table: "passes", column: nil,
            message: "Key (email)=(secret@example.org) already exists")
        let error = PostgresError.server(fault)
        var dumped = ""
        dump(error, to: &dumped)
        for text in ["\(error)", String(reflecting: error), String(reflecting: fault), dumped] {
            #expect(!text.contains("secret"))
        }
        #expect("\(error)".contains("23505") && "\(error)".contains("passes_pkey"))
        let configuration = PostgresConfiguration(url: "postgresql://user:secret@host/db")
        dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("secret"))
        }
    }

    @Test("pauses grow to the longest, never beyond, and never to nothing")
    func backoff() {
        let backoff = PostgresBackoff(initial: .milliseconds(50), maximum: .seconds(2))
        #expect(backoff.pause(afterFailures: 1, random: 1) == .milliseconds(50))
        #expect(backoff.pause(afterFailures: 1, random: 0) == .milliseconds(25))
        #expect(backoff.pause(afterFailures: 4, random: 1) == .milliseconds(400))
        #expect(backoff.pause(afterFailures: 1_000_000, random: 1) == .seconds(2))
    }

    @Test("the least recently used statement is given up, and no name is used twice")
    func statementCache() {
        var cache = StatementCache(capacity: 2)
        func key(_ text: String, _ types: [UInt32] = []) -> StatementCache.Key { .init(text: text, types: types) }
        let first = cache.entry(for: key("a"))
        #expect(first.isNew)
        let second = cache.entry(for: key("a", [20]))
        #expect(second.isNew && second.name != first.name)
        #expect(!cache.entry(for: key("a")).isNew)
        let third = cache.entry(for: key("b"))
        #expect(third.evicted == second.name)
        cache.remove(key("a"), named: "another")
        #expect(!cache.entry(for: key("a")).isNew)
        cache.remove(key("a"), named: first.name)
        let again = cache.entry(for: key("a"))
        #expect(again.isNew && again.name != first.name && cache.count == 2)
    }

    @Test(
        "reads a migration's version and name from its file's",
        arguments: [
            ("V0001__initial.sql", 1, "initial"), ("V12__a__b", 12, "a__b"), ("V00010001__x", 10001, "x"),
            ("0001__initial", 0, "0001__initial"), ("V0001_initial", 0, "V0001_initial"), ("V__x", 0, "x"),
        ])
    func migrationNames(file: String, version: Int, name: String) {
        let migration = Migration(file: file, sql: [])
        #expect(migration.version == version)
        #expect(migration.name == name)
    }

    @Test("only errors after which nothing was applied invite to try again")
    func retryable() {
        func server(_ code: String) -> PostgresError {
            .server(
                PostgresServerFault(
                    sqlState: SQLState(rawValue: code), severity: "ERROR", constraint: nil, table: nil, column: nil,
                    message: ""))
        }
        let yes: [PostgresError] = [
            .unreachable, .overloaded, .timedOut(.acquisition), server("40001"), server("40P01"), server("53300"),
        ]
        let no: [PostgresError] = [.outcomeUnknown, .closed, .timedOut(.statement), .cancelled, server("23505")]
        #expect(yes.allSatisfy { $0.isRetryable })
        #expect(!no.contains { $0.isRetryable })
    }
}
