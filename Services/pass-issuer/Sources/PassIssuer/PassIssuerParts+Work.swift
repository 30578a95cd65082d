import Cryptography
import Postgres
import ServiceKit

extension PassIssuerParts {
    /// What goes on beside requests, until it is cancelled.
    func run() async throws {
        // Rollouts have a connection of their own, so that they take none from those who wait for an answer.
        let bulk = PostgresPool(configuration: bulkConfiguration)
        bulk.start()
        do {
            try await work(rollingOutOn: bulk)
        } catch {
            await bulk.close(deadline: .seconds(1))
            throw error
        }
    }

    private var bulkConfiguration: PostgresConfiguration {
        var configuration = runtime.database.configuration
        configuration.size = 1
        configuration.applicationName += " rollouts"
        configuration.statementTimeout = .seconds(60)
        return configuration
    }

    private func work(rollingOutOn bulk: PostgresPool) async throws {
        let delivery = GoogleDelivery(
            configurations: walletConfigurations, campaigns: campaigns, passes: passes, library: library,
            secrets: SecretBox(configuration.masterKeys), google: google)
        let post = OutboxPost(
            registry: registry,
            pushCredentials: PushCredentialsDelivery(
                walletConfigurations: walletConfigurations, secrets: SecretBox(configuration.masterKeys),
                pushSender: pushSender), google: delivery)
        let (erasing, trail) = (erasureWork(delivery), auditTrail(access))
        let rolloutMetrics = RolloutMetrics(runtime.metrics)
        let walking = walking(on: bulk, rolloutMetrics)
        let webhookMetrics = WebhookMetrics(runtime.metrics)
        let measuring = Measuring(
            outbox: outbox, outboxMetrics: OutboxMetrics(runtime.metrics), rollouts: rollouts,
            rolloutMetrics: rolloutMetrics, deliveries: webhookDeliveries, webhookMetrics: webhookMetrics)
        let housekeeping = Housekeeping(
            store: HousekeepingStore(database: runtime.database), events: events,
            eventRetention: configuration.passEventRetention, maximumEvents: configuration.passEvents,
            rolloutRetention: configuration.rolloutRetention,
            logger: runtime.logger, clock: clock)
        let cleaning = ImageCleaning(images: images, logger: runtime.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in OutboxLane.all {
                let delivery = OutboxDelivery(
                    lane: lane, outbox: outbox, wakeUp: signals.delivery(of: lane), post: post, tracer: runtime.tracer,
                    logger: runtime.logger)
                group.addTask { try await delivery.run() }
            }
            // Below everything that somebody waits for.
            group.addTask(priority: .low) { try await walking.run() }
            group.addTask { try await downloads.run() }
            group.addTask { try await measuring.run() }
            group.addTask { try await housekeeping.run() }
            group.addTask { try await cleaning.run() }
            group.addTask { try await erasing.run() }
            group.addTask { try await trail.run() }
            addWatches(to: &group, webhookMetrics)
            try await group.waitForAll()
        }
    }

    private func erasureWork(_ delivery: GoogleDelivery) -> ErasureWork {
        ErasureWork(
            store: erasures, passes: passes,
            erasing: PassErasing(campaigns: campaigns, library: library, store: erasures),
            asking: ErasureAsking(store: erasures, registry: registry, google: delivery, logger: runtime.logger),
            audit: audit,
            searching: ContactSearching(
                store: erasures, secrets: SecretBox(configuration.masterKeys), contacts: contacts),
            endedRetention: configuration.endedPassRetention, logger: runtime.logger, clock: clock)
    }

    private func addWatches(to group: inout ThrowingTaskGroup<Void, any Error>, _ metrics: WebhookMetrics) {
        let settings = configuration.webhooks
        let delivering = WebhookDelivering(
            deliveries: webhookDeliveries,
            post: WebhookPost(
                client: webhookClient, secrets: SecretBox(configuration.masterKeys), allowsHTTP: settings.allowsHTTP,
                clock: clock), retryWindow: settings.retryWindow, metrics: metrics, tracer: runtime.tracer,
            logger: runtime.logger)
        let keeping = WebhookKeeping(
            deliveries: webhookDeliveries, retryWindow: settings.retryWindow, retention: settings.retention,
            logger: runtime.logger, clock: clock)
        let expiry = PassExpiry(passes: passes, logger: runtime.logger, clock: clock)
        let certificates = CertificateWatch(
            configurations: walletConfigurations, milestones: CertificateMilestoneStore(database: runtime.database),
            metrics: CertificateMetrics(runtime.metrics), logger: runtime.logger, clock: clock)
        group.addTask { try await expiry.run() }
        group.addTask { try await certificates.run() }
        group.addTask { try await delivering.run() }
        group.addTask { try await keeping.run() }
    }

    private func walking(on bulk: PostgresPool, _ metrics: RolloutMetrics) -> RolloutWalking {
        let walks = RolloutWalkStore(database: bulk)
        return RolloutWalking(
            walks: walks,
            batch: RolloutBatch(
                passes: passes, updates: PassUpdateStore(database: bulk), walks: walks, events: events,
                activity: activity, outbox: outbox, renewals: RolloutRenewals(campaigns: campaigns, library: library),
                clock: clock), campaigns: CampaignStore(database: bulk), metrics: metrics, logger: runtime.logger,
            wakeUp: signals.rollouts, clock: clock)
    }
}
