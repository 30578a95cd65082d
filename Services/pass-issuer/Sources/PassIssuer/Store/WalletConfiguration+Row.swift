import Contracts
import HTTPTypes
import Postgres
import ServiceKit

extension WalletConfiguration {
    /// Reads the seventeen columns of `issuer.wallet_configurations` in their order.
    init(row: Row) throws(PostgresError) {
        let (
            id, name, organizationName, revision, passType, team, certificate, intermediates, privateKey, pushKeyID,
            pushTeamID, pushKey, googleIssuer, googleEmail, serviceAccount, createdAt, updatedAt
        ) = try row.decode(
            WalletConfigurationID.self, String.self, String?.self, Int.self, PassTypeIdentifier?.self,
            TeamIdentifier?.self, [UInt8]?.self,
            [[UInt8]].self, [UInt8]?.self, PushKeyID?.self, TeamIdentifier?.self, [UInt8]?.self, GoogleIssuerID?.self,
            String?.self,
            [UInt8]?.self, Instant.self, Instant.self)
        var apple: AppleIdentity?
        if let passType, let team, let certificate, let privateKey {
            apple = AppleIdentity(
                passTypeIdentifier: passType, teamIdentifier: team, certificate: certificate,
                intermediates: intermediates, sealedPrivateKey: privateKey)
            if let pushKeyID, let pushTeamID, let pushKey {
                apple?.pushKey = SealedPushKey(keyID: pushKeyID, teamID: pushTeamID, sealedKey: pushKey)
            }
        }
        var google: GoogleIdentity?
        if let googleIssuer, let googleEmail, let serviceAccount {
            google = GoogleIdentity(
                issuerID: googleIssuer, clientEmail: googleEmail, sealedServiceAccount: serviceAccount)
        }
        self.init(
            id: id, name: name, organizationName: organizationName,
            revision: revision, apple: apple, google: google, createdAt: createdAt, updatedAt: updatedAt)
    }
}
