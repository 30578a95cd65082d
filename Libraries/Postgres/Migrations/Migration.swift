/// A change of the schema: one file, applied once, in one transaction.
public struct Migration: Sendable, Hashable {
    /// The place in the order.
    public let version: Int
    /// What it does, in a word.
    public let name: String
    /// The text of the file, in UTF-8.
    public let sql: [UInt8]

    /// Makes a migration.
    public init(version: Int, name: String, sql: [UInt8]) {
        self.version = version
        self.name = name
        self.sql = sql
    }

    /// Makes a migration from a file's name, with or without `.sql`; another name gives version 0, which `Migrator` refuses.
    public init(file: String, sql: [UInt8]) {
        let stem = file.hasSuffix(".sql") ? String(file.dropLast(4)) : file
        let digits = stem.dropFirst().prefix { $0.isASCII && $0.isNumber }
        let rest = stem.dropFirst(1 + digits.count)
        let isValid = stem.hasPrefix("V") && rest.hasPrefix("__") && rest.count > 2
        self.init(version: isValid ? Int(digits) ?? 0 : 0, name: isValid ? String(rest.dropFirst(2)) : stem, sql: sql)
    }

    /// The version and the name, as in the file's: `V0001__initial`.
    public var label: String {
        let digits = String(version)
        return "V" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "__" + name
    }
}
