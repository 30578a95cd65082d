import Contracts
import GoogleWalletSchema
import Postgres

// What rows hold as text is read and written as what it means.

extension CampaignID: PostgresEncodable, PostgresDecodable {}
extension GoogleClassState: PostgresEncodable, PostgresDecodable {}
extension GoogleIssuerID: PostgresEncodable, PostgresDecodable {}
extension GoogleKind: PostgresEncodable, PostgresDecodable {}
extension GoogleLevel: PostgresEncodable, PostgresDecodable {}
extension GoogleOperationKind: PostgresEncodable, PostgresDecodable {}
extension GoogleOperationState: PostgresEncodable, PostgresDecodable {}
extension OperationPriority: PostgresEncodable, PostgresDecodable {}
extension SerialNumber: PostgresEncodable, PostgresDecodable {}
extension WalletConfigurationID: PostgresEncodable, PostgresDecodable {}
