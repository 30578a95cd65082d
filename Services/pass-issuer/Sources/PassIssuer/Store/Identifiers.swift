import Contracts
import HTTPTypes
import Postgres

// What rows hold as text is read and written as what it means.

extension CampaignID: PostgresEncodable, PostgresDecodable {}
extension ErasureID: PostgresEncodable, PostgresDecodable {}
extension ImageFile: PostgresEncodable, PostgresDecodable {}
extension PassKey: PostgresEncodable, PostgresDecodable {}
extension PassTypeIdentifier: PostgresEncodable, PostgresDecodable {}
extension GoogleIssuerID: PostgresEncodable, PostgresDecodable {}
extension PersonalizationKey: PostgresEncodable, PostgresDecodable {}
extension Platform: PostgresEncodable, PostgresDecodable {}
extension PushKeyID: PostgresEncodable, PostgresDecodable {}
extension SerialNumber: PostgresEncodable, PostgresDecodable {}
extension SigningRequestID: PostgresEncodable, PostgresDecodable {}
extension TeamIdentifier: PostgresEncodable, PostgresDecodable {}
extension UpdateID: PostgresDecodable {}
extension WalletConfigurationID: PostgresEncodable, PostgresDecodable {}
extension PassEventID: PostgresEncodable, PostgresDecodable {}
extension WebhookDeliveryState: PostgresEncodable, PostgresDecodable {}
extension WebhookEventKind: PostgresEncodable, PostgresDecodable {}
extension WebhookName: PostgresEncodable, PostgresDecodable {}
