import Postgres

/// The files of `Migrations`, which the executable holds.
enum DeviceRegistryMigrations {
    /// In their order; a file that has landed is never edited.
    static let all = [
        Migration(file: "V0001__initial", sql: PackageResources.V0001__initial_sql)
    ]
}
