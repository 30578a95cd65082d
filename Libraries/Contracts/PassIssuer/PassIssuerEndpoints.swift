import HTTPTypes
import JSON

/// The calls of pass-issuer.
public enum PassIssuerEndpoints {
    /// Makes links.
    public static let links = Endpoint<LinksRequest, LinksAnswer>(
        .post, "/pers/v1/urls", scopes: [.personalisation], bodyLimit: 64 << 20, unknownKeys: .refused)

    /// Creates or replaces a wallet configuration; 201 when it is new.
    public static let putWalletConfiguration = Endpoint<WalletConfigurationRequest, WalletConfiguration>(
        .put, "/admin/v1/wallet-configurations/{id}", scopes: [.admin], unknownKeys: .refused)

    /// Answers a wallet configuration.
    public static let getWalletConfiguration = Endpoint<NoBody, WalletConfiguration>(
        .get, "/admin/v1/wallet-configurations/{id}", scopes: [.admin])

    /// Deletes a wallet configuration.
    public static let deleteWalletConfiguration = Endpoint<NoBody, NoBody>(
        .delete, "/admin/v1/wallet-configurations/{id}", scopes: [.admin], successStatus: .noContent)

    /// Lists wallet configurations.
    public static let listWalletConfigurations = Endpoint<NoBody, Page<WalletConfiguration>>(
        .get, "/admin/v1/wallet-configurations", scopes: [.admin])

    /// Makes a key and its certificate signing request.
    public static let makeSigningRequest = Endpoint<NoBody, SigningRequest>(
        .post, "/admin/v1/wallet-configurations/{id}/signing-requests", scopes: [.admin], successStatus: .created)

    /// Checks a wallet configuration live.
    public static let checkWalletConfiguration = Endpoint<NoBody, ConfigurationChecks>(
        .get, "/admin/v1/wallet-configurations/{id}/checks", scopes: [.admin])

    /// Creates or replaces a campaign; 201 when it is new.
    public static let putCampaign = Endpoint<CampaignRequest, Campaign>(
        .put, "/admin/v1/campaigns/{id}", scopes: [.admin], bodyLimit: 4 << 20, unknownKeys: .refused)

    /// Answers a campaign.
    public static let getCampaign = Endpoint<NoBody, Campaign>(.get, "/admin/v1/campaigns/{id}", scopes: [.admin])

    /// Deletes a campaign without passes; with `?force=true` ends one that has some.
    public static let deleteCampaign = Endpoint<NoBody, NoBody>(
        .delete, "/admin/v1/campaigns/{id}", scopes: [.admin], successStatus: .noContent)

    /// Lists campaigns.
    public static let listCampaigns = Endpoint<NoBody, Page<Campaign>>(.get, "/admin/v1/campaigns", scopes: [.admin])

    /// Says what a PUT would refuse, and stores nothing.
    public static let validateCampaign = Endpoint<CampaignRequest, CampaignValidation>(
        .post, "/admin/v1/campaigns/{id}/validation", scopes: [.admin], bodyLimit: 4 << 20, unknownKeys: .refused)

    /// Lists a campaign's images.
    public static let listImages = Endpoint<NoBody, Page<ImageItem>>(
        .get, "/admin/v1/campaigns/{id}/images", scopes: [.admin])

    /// Lists a campaign's passes.
    public static let listPasses = Endpoint<NoBody, Page<Pass>>(
        .get, "/admin/v1/campaigns/{id}/passes", scopes: [.admin])

    /// Lists the passes of a contact in all campaigns, by `?contactId=`.
    public static let findPasses = Endpoint<NoBody, Page<Pass>>(.get, "/admin/v1/passes", scopes: [.admin])

    /// Answers a pass.
    public static let getPass = Endpoint<NoBody, Pass>(.get, "/admin/v1/passes/{serialNumber}", scopes: [.admin])

    /// Changes a pass by a merge patch.
    public static let patchPass = Endpoint<PassPatch, Pass>(
        .patch, "/admin/v1/passes/{serialNumber}", scopes: [.admin], unknownKeys: .refused)

    /// Answers the life of a pass as all services saw it.
    public static let getTimeline = Endpoint<NoBody, TimelineAnswer>(
        .get, "/admin/v1/passes/{serialNumber}/timeline", scopes: [.admin])

    /// Answers a rollout.
    public static let getRollout = Endpoint<NoBody, Rollout>(.get, "/admin/v1/rollouts/{id}", scopes: [.admin])

    /// Lists rollouts, the newest first.
    public static let listRollouts = Endpoint<NoBody, Page<Rollout>>(.get, "/admin/v1/rollouts", scopes: [.admin])

    /// Stops a rollout for now.
    public static let pauseRollout = Endpoint<NoBody, Rollout>(
        .post, "/admin/v1/rollouts/{id}/pause", scopes: [.admin])

    /// Lets a rollout go on.
    public static let resumeRollout = Endpoint<NoBody, Rollout>(
        .post, "/admin/v1/rollouts/{id}/resume", scopes: [.admin])

    /// Says how fast a rollout may go.
    public static let rateRollout = Endpoint<RolloutRate, Rollout>(
        .post, "/admin/v1/rollouts/{id}/rate", scopes: [.admin], unknownKeys: .refused)

    /// Answers what happened from day to day, by `?from=` and `?to=` (dates, inclusive, UTC).
    public static let getOverview = Endpoint<NoBody, OverviewAnswer>(.get, "/admin/v1/overview", scopes: [.admin])

    /// Says which packages that phones have are the newest, for many at once.
    public static let freshness = Endpoint<FreshnessRequest, FreshnessAnswer>(
        .post, "/rpc/v1/passes/freshness", scopes: [.deviceRegistry])
}
