import Contracts
import Cryptography
import HTTPServer
import HTTPTypes
import ServiceKit

extension PassIssuerParts {
    /// What phones and browsers reach.
    func publicRoutes() -> Routes {
        var routes = Routes(problemPage: { problem, head in
            FaultPage.response(problem, trouble: LinkTrouble(problem), to: head)
        })
        CreateRoutes(
            reader: LinkReader(keys: configuration.linkKeys), minter: minter,
            opening: LinkOpening(
                campaigns: campaigns, passes: passes, library: library, downloads: downloads,
                tokenKeys: HMACKeyRing(configuration.passTokenKeys), bridge: google.bridge,
                erasures: erasures, contacts: contacts),
            page: LinkPage(baseURL: configuration.linkBaseURL),
            rate: configuration.createRate > 0
                ? RateLimit(perSecond: configuration.createRate, burst: configuration.createBurst) : nil, clock: clock
        ).add(to: &routes)
        ImageRoutes(images: images).add(to: &routes)
        return routes
    }

    /// What administrators, personalisation and other services reach.
    func internalRoutes() -> Routes {
        let access = access
        var routes = Routes(authorize: access.authorization)
        LinkRoutes(minter: minter, clock: clock).add(to: &routes)
        addWalletConfigurations(to: &routes)
        addCampaigns(to: &routes)
        PassRoutes(
            store: passes, campaigns: campaigns,
            change: PassChange(campaigns: campaigns, passes: passes, library: library), registry: registry,
            clock: clock
        ).add(to: &routes)
        PackageRoutes(
            fetching: PackageFetch(campaigns: campaigns, passes: passes, library: library), passes: passes, clock: clock
        ).add(to: &routes)
        PersonalizationRoutes(
            personalizing: PassPersonalizing(campaigns: campaigns, passes: passes, library: library),
            logger: runtime.logger, clock: clock
        ).add(to: &routes)
        CheckRoutes(walletConfigurations: walletConfigurations, clock: clock).add(to: &routes)
        addObservation(to: &routes)
        addWebhooks(to: &routes)
        addErasures(to: &routes)
        addConsole(to: &routes, access)
        auditTrail(access).add(to: &routes, readableBy: [.admin])
        return routes
    }

    private func addErasures(to routes: inout Routes) {
        ErasureRoutes(
            store: erasures,
            administration: ErasureAdministration(
                store: erasures, secrets: SecretBox(configuration.masterKeys), contacts: contacts), clock: clock
        ).add(to: &routes)
    }

    /// What writes down what administrators do.
    func auditTrail(_ access: ConsoleAccess) -> AuditTrail {
        AuditTrail(
            of: PassIssuerService.self, runtime, retention: configuration.auditRetention,
            actor: { access.actor(of: $0) })
    }

    /// Who may do what on the internal listener.
    var access: ConsoleAccess {
        ConsoleAccess(
            tokens: configuration.accessTokens,
            sessions: ConsoleSessions(secrets: SecretBox(configuration.masterKeys)), clock: clock)
    }

    private var minter: LinkMinter {
        LinkMinter(
            keys: configuration.linkKeys, format: configuration.linkFormat, baseURL: configuration.linkBaseURL)
    }

    private func addWalletConfigurations(to routes: inout Routes) {
        let secrets = SecretBox(configuration.masterKeys)
        let signingRequests = SigningRequests(
            configurations: walletConfigurations, store: SigningRequestStore(database: runtime.database),
            secrets: secrets)
        WalletConfigurationRoutes(
            store: walletConfigurations,
            editing: WalletConfigurationEditing(
                store: walletConfigurations, outbox: outbox, signingRequests: signingRequests, secrets: secrets),
            signingRequests: signingRequests,
            checking: WalletConfigurationChecking(
                store: walletConfigurations, pushSender: pushSender, googleBridge: google.bridge),
            clock: clock
        ).add(to: &routes)
    }

    private func addCampaigns(to routes: inout Routes) {
        let editing = CampaignEditing(
            store: campaigns, images: images, outbox: outbox, google: google, rollouts: rollouts, activity: activity,
            rolloutRate: configuration.rolloutRate)
        let administration = RolloutAdministration(store: rollouts, defaultRate: configuration.rolloutRate)
        CampaignRoutes(
            store: campaigns, editing: editing, google: google, activity: activity, rollouts: administration,
            clock: clock
        ).add(to: &routes)
        CampaignImageRoutes(store: campaigns, images: images, editing: editing, clock: clock).add(to: &routes)
        PreviewRoutes(
            preview: PassPreview(
                campaigns: campaigns, walletConfigurations: walletConfigurations, library: library,
                bridge: google.bridge), clock: clock
        ).add(to: &routes)
        RolloutRoutes(administration: administration, clock: clock).add(to: &routes)
        PassUpdateRoutes(
            intake: PassUpdateIntake(
                store: PassUpdateStore(database: runtime.database, signals: signals),
                walks: RolloutWalkStore(database: runtime.database), ratePerSecond: configuration.rolloutRate,
                clock: clock)
        ).add(to: &routes)
    }

    private func addWebhooks(to routes: inout Routes) {
        WebhookRoutes(
            store: webhooks, deliveries: webhookDeliveries,
            editing: WebhookEditing(
                store: webhooks, deliveries: webhookDeliveries,
                review: WebhookReview(
                    addresses: WebhookAddresses(allowed: configuration.webhooks.allowedNetworks),
                    allowsHTTP: configuration.webhooks.allowsHTTP),
                secrets: SecretBox(configuration.masterKeys)), clock: clock
        ).add(to: &routes)
        PassEventRoutes(webhooks: webhooks).add(to: &routes)
    }

    private func addConsole(to routes: inout Routes, _ access: ConsoleAccess) {
        ConsoleRoutes().add(to: &routes)
        ConsoleSessionRoutes(access: access, clock: clock).add(to: &routes)
        ConsoleForwarding(
            access: access, client: runtime.httpClient,
            baseURLs: [
                .deviceRegistry: configuration.deviceRegistryURL, .pushSender: configuration.pushSenderURL,
                .googleBridge: configuration.googleBridgeURL,
            ]
        ).add(to: &routes)
        BarcodeRoutes().add(to: &routes)
    }

    private func addObservation(to routes: inout Routes) {
        TimelineRoutes(
            timeline: TimelineReading(
                passes: passes, campaigns: campaigns, events: events, registry: registry, pushSender: pushSender,
                googleBridge: google.bridge),
            overview: OverviewReading(
                activity: activity, walletConfigurations: walletConfigurations, outbox: outbox, rollouts: rollouts,
                registry: registry, pushSender: pushSender, googleBridge: google.bridge), clock: clock
        ).add(to: &routes)
    }
}
