import Contracts
import GoogleWalletSchema
import Postgres

extension LeasedOperation {
    /// Reads the columns of an operation and its resource.
    init(row: Row) throws {
        let (
            id, kind, priority, attempts, message, notifies, level, resourceID, configuration, issuer, campaign,
            resourceKind, classID, wanted, sent, revision, isAtGoogle, isClassAtGoogle
        ) = try row.decode(
            Int.self, GoogleOperationKind.self, OperationPriority.self, Int.self, StoredJSON?.self, Bool.self,
            GoogleLevel.self, String.self, WalletConfigurationID.self, GoogleIssuerID.self, CampaignID.self,
            GoogleKind.self, String?.self, StoredJSON.self, StoredJSON?.self, Int.self, Bool.self, Bool.self)
        self.init(
            id: id, kind: kind, priority: priority, attempt: attempts, message: message?.object, notifies: notifies,
            resource: WalletResource(
                id: ResourceID(level: level, id: resourceID), walletConfiguration: configuration, issuerID: issuer,
                campaign: campaign, kind: resourceKind, classID: classID, wanted: wanted.object, sent: sent?.object,
                revision: revision, isAtGoogle: isAtGoogle),
            isClassAtGoogle: isClassAtGoogle)
    }
}
