import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON

/// The mapping of contents to classes and objects, in this service's place: its addresses and its clock.
struct ResourceMapping: Sendable {
    let assetBaseURL: String
    let callbackURL: String
    let clock: @Sendable () -> Instant

    init(configuration: Configuration, clock: @escaping @Sendable () -> Instant) {
        assetBaseURL = configuration.assetBaseURL
        callbackURL = configuration.callbackBaseURL + CallbackRoutes.path
        self.clock = clock
    }

    /// The class of a campaign, made of its own content.
    func mappedClass(
        of request: GoogleClassRequest, _ campaign: CampaignID, for issuer: IssuerCredentials, generation: Int,
        override: JSONObject?
    ) -> GoogleMappedClass {
        var context = context(campaign, issuer)
        context.generation = generation
        context.classOverride = override
        return GoogleMapping.classResource(of: request, in: context)
    }

    /// The class that a pass needs, made of the pass's content.
    func mappedClass(
        of request: GoogleObjectRequest, in campaign: CampaignClass, for issuer: IssuerCredentials
    ) -> GoogleMappedClass {
        GoogleMapping.classResource(of: request, in: context(campaign, issuer))
    }

    /// What of a pass's content its class is made of.
    func classContent(
        of request: GoogleObjectRequest, in campaign: CampaignClass, for issuer: IssuerCredentials
    ) -> GoogleObjectRequest {
        GoogleMapping.classContent(of: request, in: context(campaign, issuer))
    }

    /// The object of a pass.
    func mappedObject(
        of request: GoogleObjectRequest, _ serialNumber: SerialNumber, in campaign: CampaignClass,
        for issuer: IssuerCredentials
    ) -> GoogleMappedObject {
        GoogleMapping.objectResource(of: request, serialNumber: serialNumber, in: context(campaign, issuer))
    }

    /// What a pass would be; without its campaign what differs between passes is not known, and all counts as shared.
    func preview(
        of request: GoogleObjectRequest, in campaign: CampaignClass?, for issuer: IssuerCredentials
    ) -> (class: JSONObject, object: JSONObject, faults: [GoogleMappingFault]) {
        let context = campaign.map { self.context($0, issuer) } ?? context(request.campaignId, issuer)
        let mappedClass = GoogleMapping.classResource(of: request, in: context)
        let object = GoogleMapping.objectResource(of: request, serialNumber: Self.previewed, in: context)
        return (mappedClass.resource, object.resource, mappedClass.faults + object.faults)
    }

    /// The serial number of a preview.
    private static let previewed = SerialNumber(rawValue: "preview") ?? SerialNumber(digest: [0])

    /// What the users of a pass are told when an older content becomes a new one.
    func notification(
        from old: JSONValue, to new: GoogleObjectRequest, in campaign: CampaignClass, for issuer: IssuerCredentials
    ) -> GoogleNotification {
        // A content that an older release stored in another shape changes in silence.
        guard let old = try? JSON.decode(GoogleObjectRequest.self, from: old) else { return GoogleNotification() }
        return GoogleNotifications.choose(from: old, to: new, in: context(campaign, issuer))
    }

    /// What the users of a campaign's passes are told when an older content becomes a new one.
    func notification(
        from old: JSONValue, to new: GoogleClassRequest, in campaign: CampaignClass, for issuer: IssuerCredentials
    ) -> GoogleNotification {
        guard let old = try? JSON.decode(GoogleClassRequest.self, from: old) else { return GoogleNotification() }
        return GoogleNotifications.choose(from: old, to: new, in: context(campaign, issuer))
    }

    /// When an object ceases to be good by itself; nil when it never does, or is not good already.
    static func expiry(of request: GoogleObjectRequest, object: JSONObject) -> Instant? {
        guard object["state"] == "ACTIVE", let text = request.pass["expirationDate"]?.stringValue else { return nil }
        return GoogleDateTime(text)?.instant.map(Instant.init(seconds:))
    }

    private func context(_ campaign: CampaignClass, _ issuer: IssuerCredentials) -> GoogleMappingContext {
        var context = context(campaign.campaign, issuer)
        context.generation = campaign.generation
        context.campaignName = campaign.name
        context.kind = GooglePassKind(rawValue: campaign.kind.rawValue)
        context.tokenPointers = campaign.tokenPointers
        context.classOverride = campaign.override
        return context
    }

    private func context(_ campaign: CampaignID, _ issuer: IssuerCredentials) -> GoogleMappingContext {
        GoogleMappingContext(
            issuerID: issuer.issuerID, campaignID: campaign, assetBaseURL: assetBaseURL, callbackURL: callbackURL,
            now: clock().wholeSeconds, allowsMerchantLocations: issuer.allowsLocations)
    }
}
