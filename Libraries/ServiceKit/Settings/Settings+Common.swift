import Cryptography
import Postgres

extension Settings {
    /// Where rows are read and written.
    mutating func databaseURL() -> Secret<String> {
        value(
            "DATABASE_URL", standIn: Secret(""), isSecret: true,
            help: "The database, as postgresql://login:password@host/name", read: Self.databaseURL)
    }

    /// The same database with the login that may change the schema.
    mutating func migrationDatabaseURL() -> Secret<String>? {
        optionalValue(
            "MIGRATION_DATABASE_URL", isSecret: true,
            help:
                "For migrate alone: the database with the login that owns the schema; DATABASE_URL when it is not set",
            read: Self.databaseURL)
    }

    mutating func logLevel() -> LogLevel {
        oneOf("LOG_LEVEL", default: .info, help: "The least level that is logged")
    }

    mutating func logFormat() -> LogFormat {
        oneOf("LOG_FORMAT", default: .json, help: "How log lines are written")
    }

    private static func databaseURL(_ text: String) throws(InvalidSetting) -> Secret<String> {
        guard PostgresConfiguration.isValid(url: text) else {
            throw InvalidSetting("is no PostgreSQL URL", remedy: "give postgresql://login:password@host:5432/name")
        }
        return Secret(text)
    }
}
