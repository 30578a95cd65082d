import JSON
import Postgres

/// A campaign's content in its `json` column.
struct StoredDefinition: PostgresEncodable, PostgresDecodable {
    let value: CampaignDefinition

    init(_ value: CampaignDefinition) {
        self.value = value
    }

    init(postgres cell: PostgresCell) throws(PostgresError) {
        do {
            value = try JSON.decode(CampaignDefinition.self, from: JSONValue(postgres: cell))
        } catch {
            throw cell.mismatch("CampaignDefinition")
        }
    }

    static let postgresType = StoredJSON.postgresType
    static let postgresArrayType = StoredJSON.postgresArrayType

    func encode(to encoder: inout PostgresEncoder) {
        // A content that was decoded from JSON can be written as JSON; NULL would be refused by its column.
        guard let json = try? JSON.encode(value) else { return encoder.setNull() }
        encoder.append(json)
    }
}
