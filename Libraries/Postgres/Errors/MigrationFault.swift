/// Why the migrations in the database do not fit those of this program.
public enum MigrationFault: Sendable, Hashable, CustomStringConvertible {
    /// A file was changed after it had been applied.
    case changed(name: String)
    /// Two files have the same version, or a version is not positive.
    case invalidVersion(Int)
    /// A file ended the transaction that it runs in.
    case endsTransaction(name: String)
    /// The schema is not there and the login may not create it.
    case missingSchema(String)
    /// A file with a smaller version than one that has been applied was added.
    case outOfOrder(name: String)
    /// Files are to be applied, in this order, by a login that may change the schema, which this one may not.
    case pending(names: [String])
    /// A file is not UTF-8 text, or holds a NUL.
    case unreadable(name: String)

    /// What an operator is to know.
    public var description: String {
        switch self {
        case .changed(let name): "\(name) was changed after it had been applied; add a new file instead"
        case .invalidVersion(let version): "version \(version) is used twice or is not positive"
        case .endsTransaction(let name): "\(name) must not hold BEGIN, COMMIT or ROLLBACK"
        case .missingSchema(let schema): "schema \(schema) does not exist; run Deploy/postgres/roles.sql"
        case .outOfOrder(let name): "\(name) is older than a migration that has been applied; give it a new version"
        case .pending(let names):
            "this login may not apply \(names.first ?? "")" + (names.count > 1 ? " and \(names.count - 1) more" : "")
        case .unreadable(let name): "\(name) is not UTF-8 text"
        }
    }
}
