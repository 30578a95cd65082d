import Cryptography

/// The settings of `<service> migrate`; no other secret is needed where it runs.
struct MigrationSettings: Sendable {
    let databaseURL: Secret<String>
    let logLevel: LogLevel
    let logFormat: LogFormat
    let faults: [SettingFault]

    init(_ settings: Settings = Settings()) {
        var settings = settings
        databaseURL = settings.migrationDatabaseURL() ?? settings.databaseURL()
        logLevel = settings.logLevel()
        logFormat = settings.logFormat()
        faults = settings.faults
    }
}
