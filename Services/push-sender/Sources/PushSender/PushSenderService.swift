import HTTPServer
import Postgres
import ServiceKit

/// The service that will tell phones through Apple's push service that a pass has changed.
///
/// Today it owns its schema and answers health; it serves nothing else and speaks to no one.
public struct PushSenderService: Service {
    /// The executable's name.
    public static let name = "push-sender"
    /// What it does today.
    public static let summary = "will send pushes to Apple's service; today its schema and health"
    /// Its schema.
    public static let schema = "push"
    /// Its migrations.
    public static let migrations = [
        Migration(file: "V0001__initial", sql: PackageResources.V0001__initial_sql)
    ]
    /// Its interface.
    public static let openAPIDocument = PackageResources.openapi_json
    /// None: phones and Google have no business here.
    public static let publicPort: Int? = nil
    /// The internal listener's default port.
    public static let internalPort = 9084

    /// Makes the service.
    public init(configuration: Configuration, runtime: ServiceRuntime) {}
}
