import Contracts
import Cryptography
import HTTPTypes
import Postgres
import ServiceKit

/// Pictures in `issuer.images`, by the SHA-256 of their bytes.
struct ImageStore: Sendable {
    let database: PostgresPool

    /// Stores a picture once, however often it is sent.
    func insert(
        _ image: CampaignImage, bytes: [UInt8], at now: Instant, in transaction: Transaction
    ) async throws(PostgresError) {
        // The row is locked even when it is there already, so that no clean-up can take it before it is referred to.
        try await transaction.execute(
            """
            INSERT INTO issuer.images (sha256, bytes, width, height, created_at)
            VALUES (\(image.sha256.digest), \(bytes), \(image.width), \(image.height), \(now))
            ON CONFLICT (sha256) DO UPDATE SET created_at = EXCLUDED.created_at
            """)
    }

    /// The bytes of a picture.
    func bytes(_ sha256: ContentHash) async throws(PostgresError) -> [UInt8]? {
        try await database.query("SELECT bytes FROM issuer.images WHERE sha256 = \(sha256.digest)").first?.decode(
            [UInt8].self)
    }

    /// Deletes pictures that no version of a campaign shows and nobody sent for a while; how many they were.
    func deleteUnused(olderThanSeconds seconds: Int) async throws(PostgresError) -> Int {
        try await database.execute(
            """
            DELETE FROM issuer.images p
            WHERE NOT EXISTS (SELECT 1 FROM issuer.campaign_images i WHERE i.sha256 = p.sha256)
                AND p.created_at < now() - \(seconds) * interval '1 second'
            """)
    }
}

extension ContentHash {
    /// The hash itself, of which the identifier is the hexadecimal form.
    var digest: [UInt8] { Hex.decode(rawValue) ?? [] }
}
