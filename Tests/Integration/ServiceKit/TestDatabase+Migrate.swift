import DeviceRegistry
import GoogleBridge
import PassIssuer
import Postgres
import PushSender
import ServiceKit
import Support

extension TestDatabase {
    /// Applies a service's migrations as the owner of its schema, as `<service> migrate` does.
    func migrate<S: Service>(_: S.Type, as login: PostgresLogin) async throws {
        let owner = PostgresPool(configuration: PostgresConfiguration(url: ownerURL(for: login), size: 1))
        _ = try await Migrator(
            pool: owner, schema: S.schema, migrations: S.migrations, ownerFunctions: S.ownerFunctions
        ).migrate()
    }

    /// Applies the migrations of all four services.
    func migrateAll() async throws {
        try await migrate(PassIssuerService.self, as: .passIssuer)
        try await migrate(DeviceRegistryService.self, as: .deviceRegistry)
        try await migrate(GoogleBridgeService.self, as: .googleBridge)
        try await migrate(PushSenderService.self, as: .pushSender)
    }

    /// Changes the schema in the midst of a test, as its owner.
    func change(_ statements: SQL..., as login: PostgresLogin) async throws {
        try await PostgresPool.using(ownerURL(for: login), .test(size: 1)) { pool in
            for statement in statements { try await pool.execute(statement) }
        }
    }
}
