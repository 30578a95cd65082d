import Contracts
import HTTPTypes
import Postgres

extension Pass {
    /// The columns of `issuer.passes` that make a pass, in the order in which `init(row:)` reads them.
    static let columns: StaticString = """
        serial_number, campaign_id, pass_key, platforms, contact, voucher, voided, campaign_version, version, \
        token_key_id, data_at, last_modified, changed_at, expires_at, created_at, updated_at, personalized_at, \
        personalization_token_hash, personalized_keys, erased_at
        """

    /// Reads the columns of a pass.
    init(row: Row) throws(PostgresError) {
        let (
            serialNumber, campaign, passKey, platforms, contact, voucher, voided, campaignVersion, version, tokenKeyID,
            dataAt, lastModified, changedAt, expiresAt, createdAt, updatedAt, personalizedAt, tokenHash,
            personalizedKeys, erasedAt
        ) = try row.decode(
            SerialNumber.self, CampaignID.self, PassKey.self, [Platform].self, StoredJSON.self, StoredJSON.self,
            Bool.self, Int.self, Int.self, String.self, Instant.self, Int.self, Instant?.self, Instant?.self,
            Instant.self, Instant.self, Instant?.self, [UInt8]?.self, [PersonalizationKey]?.self, Instant?.self)
        self.init(
            serialNumber: serialNumber, campaign: campaign, passKey: passKey, platforms: Set(platforms),
            contact: contact.object, voucher: voucher.object, voided: voided, campaignVersion: campaignVersion,
            version: version, tokenKeyID: tokenKeyID, dataAt: dataAt, lastModified: lastModified, changedAt: changedAt,
            expiresAt: expiresAt, createdAt: createdAt, updatedAt: updatedAt)
        self.erasedAt = erasedAt
        if let personalizedAt, let tokenHash, let personalizedKeys {
            enrolment = Enrolment(at: personalizedAt, tokenHash: tokenHash, keys: personalizedKeys)
        }
    }
}
