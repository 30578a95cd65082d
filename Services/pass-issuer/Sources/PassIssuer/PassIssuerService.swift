import Contracts
import Cryptography
import HTTPClient
import HTTPServer
import HTTPTypes
import Postgres
import ServiceKit

/// Wallet configurations, campaigns, links, and the passes that are made when a phone opens one.
public struct PassIssuerService: Service {
    public static let name = "pass-issuer"
    public static let summary = "makes links, and the signed passes behind them"
    public static let schema = "issuer"
    public static let migrations = [
        Migration(file: "V0001__initial", sql: PackageResources.V0001__initial_sql),
        Migration(
            file: "V0002__outbox_of_several_services", sql: PackageResources.V0002__outbox_of_several_services_sql),
        Migration(file: "V0005__signing_requests", sql: PackageResources.V0005__signing_requests_sql),
        Migration(file: "V0006__rollouts", sql: PackageResources.V0006__rollouts_sql),
        Migration(file: "V0007__webhooks", sql: PackageResources.V0007__webhooks_sql),
        Migration(file: "V0008__expiry", sql: PackageResources.V0008__expiry_sql),
        Migration(file: "V0011__passes_by_contact", sql: PackageResources.V0011__passes_by_contact_sql),
        Migration(file: "V0012__personalization", sql: PackageResources.V0012__personalization_sql),
        Migration(file: "V0013__erasures_and_audit", sql: PackageResources.V0013__erasures_and_audit_sql),
        Migration(file: "V0014__passes_in_place", sql: PackageResources.V0014__passes_in_place_sql),
        Migration(file: "V0015__lines_by_pass", sql: PackageResources.V0015__lines_by_pass_sql),
        Migration(
            file: "V0016__one_reference_to_the_campaign", sql: PackageResources.V0016__one_reference_to_the_campaign_sql
        ),
        Migration(file: "V0017__searches_of_erasures", sql: PackageResources.V0017__searches_of_erasures_sql),
        Migration(file: "V0018__audit_log_in_order", sql: PackageResources.V0018__audit_log_in_order_sql),
        Migration(file: "V0019__versions_of_many_passes", sql: PackageResources.V0019__versions_of_many_passes_sql),
        Migration(file: "V0020__plain_payloads", sql: PackageResources.V0020__plain_payloads_sql),
        Migration(file: "V0021__versions_by_index", sql: PackageResources.V0021__versions_by_index_sql),
    ]
    public static let openAPIDocument = PackageResources.openapi_json
    public static let publicPort: Int? = 8081
    public static let internalPort = 9081
    public static let commands = [KeyRotation.command]
    public static let tools = [PackageCheckTool.tool, CertificateCheckTool.tool]

    let parts: PassIssuerParts

    public init(configuration: PassIssuerConfiguration, runtime: ServiceRuntime) throws {
        parts = PassIssuerParts(configuration: configuration, runtime: runtime)
    }

    public func publicRoutes() -> Routes? {
        parts.publicRoutes()
    }

    public func internalRoutes() -> Routes {
        parts.internalRoutes()
    }

    public func run() async throws {
        try await parts.run()
    }
}
