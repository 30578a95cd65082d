import Contracts
import GoogleWalletSchema

/// What would be written to Google.
extension ClassWriting {
    /// Class and object of a pass, made without storing anything; the campaign's class need not have been sent.
    func preview(_ request: GoogleObjectRequest) async throws -> GooglePreviewAnswer {
        let issuer = try await issuers.credentials(of: request.walletConfigurationId)
        let campaign = try await classes.campaign(request.campaignId)
        let resources = mapping.preview(of: request, in: campaign, for: issuer)
        guard resources.faults.isEmpty else { throw BridgeError.faulty(resources.faults.map(\.problemError)) }
        return GooglePreviewAnswer(classResource: resources.class, objectResource: resources.object)
    }
}
