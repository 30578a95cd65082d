import Contracts
import Postgres

// What rows hold as text is read and written as what it means.

extension PassTypeIdentifier: PostgresEncodable, PostgresDecodable {}
extension PushToken: PostgresEncodable, PostgresDecodable {}
extension PushID: PostgresEncodable {}
