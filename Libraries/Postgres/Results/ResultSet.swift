import CPostgres
import Glibc

/// The answer to one statement.
///
/// Unchecked: libpq does not change a finished result, so reading it from several threads is safe; `deinit` frees it.
@usableFromInline
final class ResultSet: @unchecked Sendable {
    private let handle: OpaquePointer
    let status: ExecStatusType
    let rowCount: Int32
    @usableFromInline let columnCount: Int32

    /// Takes over the ownership of the handle.
    init(owning handle: OpaquePointer) {
        self.handle = handle
        status = PQresultStatus(handle)
        rowCount = PQntuples(handle)
        columnCount = PQnfields(handle)
    }

    deinit {
        PQclear(handle)
    }

    /// The column's number, -1 if there is none of that name.
    func column(named name: String) -> Int32 {
        name.withCString { wanted in
            for column in 0..<columnCount {
                if let found = PQfname(handle, column), strcmp(found, wanted) == 0 { return column }
            }
            return -1
        }
    }

    func columnName(_ column: Int32) -> String {
        PQfname(handle, column).map { String(cString: $0) } ?? "?"
    }

    @usableFromInline
    func cell(row: Int32, column: Int32) -> PostgresCell {
        let type = PostgresType(rawValue: PQftype(handle, column))
        guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column) else {
            return PostgresCell(owner: self, bytes: nil, type: type)
        }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, row, column)))
        return PostgresCell(owner: self, bytes: bytes, type: type)
    }

    /// The rows that the statement inserted, changed, deleted or returned.
    var affectedRows: Int {
        PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// The command's name, such as `INSERT 0 1` or `ROLLBACK`.
    var commandTag: String {
        PQcmdStatus(handle).map { String(cString: $0) } ?? ""
    }

    /// The server's error, nil unless the status is one.
    var fault: PostgresServerFault? {
        guard status == PGRES_FATAL_ERROR else { return nil }
        return PostgresServerFault(
            sqlState: SQLState(rawValue: field("C") ?? ""), severity: field("V") ?? "FATAL",
            constraint: field("n"), table: field("t"), column: field("c"), message: field("M") ?? "")
    }

    /// A field of an error by its letter in the protocol; libpq's names for them are macros that Swift can't import.
    private func field(_ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(handle, Int32(letter.value)).map { String(cString: $0) }
    }

    var rows: [Row] {
        var rows: [Row] = []
        rows.reserveCapacity(Int(rowCount))
        for index in 0..<rowCount { rows.append(Row(result: self, index: index)) }
        return rows
    }
}
