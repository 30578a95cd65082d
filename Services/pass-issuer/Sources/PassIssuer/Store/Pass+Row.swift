import Contracts
import HTTPTypes
import Postgres

extension Pass {
    /// Reads the fourteen columns of `issuer.passes` in their order.
    init(row: Row) throws(PostgresError) {
        let (
            serialNumber, campaign, passKey, platforms, contact, voucher, voided, campaignVersion, version, tokenKeyID,
            dataAt, lastModified, createdAt, updatedAt
        ) = try row.decode(
            SerialNumber.self, CampaignID.self, PassKey.self, [Platform].self, StoredJSON.self, StoredJSON.self,
            Bool.self, Int.self, Int.self, String.self, Instant.self, Int.self, Instant.self, Instant.self)
        self.init(
            serialNumber: serialNumber, campaign: campaign, passKey: passKey, platforms: Set(platforms),
            contact: contact.object, voucher: voucher.object, voided: voided, campaignVersion: campaignVersion,
            version: version, tokenKeyID: tokenKeyID, dataAt: dataAt, lastModified: lastModified,
            createdAt: createdAt, updatedAt: updatedAt)
    }
}
