import HTTPServer
import Postgres
import ServiceKit

/// The service that will keep campaigns' classes and passes' objects at Google Wallet.
///
/// Today it owns its schema and answers health; it serves nothing else and speaks to no one.
public struct GoogleBridgeService: Service {
    /// The executable's name.
    public static let name = "google-bridge"
    /// What it does today.
    public static let summary = "will keep classes and objects at Google Wallet; today its schema and health"
    /// Its schema.
    public static let schema = "google"
    /// Its migrations.
    public static let migrations = [
        Migration(file: "V0001__initial", sql: PackageResources.V0001__initial_sql)
    ]
    /// Its interface.
    public static let openAPIDocument = PackageResources.openapi_json
    /// The public listener's default port.
    public static let publicPort: Int? = 8083
    /// The internal listener's default port.
    public static let internalPort = 9083

    /// Makes the service.
    public init(configuration: Configuration, runtime: ServiceRuntime) {}

    /// An empty set: the listener is there and knows no path yet.
    public func publicRoutes() -> Routes? { Routes() }
}
