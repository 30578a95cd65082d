import Contracts
import Support
import Testing

extension EndToEndTests {
    @Suite("The ends of 3,000 passes") struct ExpiryCrashTests {
        private static let passes = 3_000
        private static let told = "SELECT count(*) FROM issuer.webhook_deliveries WHERE kind = 'expired'"

        @Test("are told once each, though both replicas are killed in the midst of telling them, twice")
        func crash() async throws {
            let receiver = try WebhookReceiver()
            let settings = ["WEBHOOK_ALLOW_HTTP": "true", "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.1/32"]
            try await withPlatform(settings: settings) { platform in
                try await platform.provideDemo()
                let webhook = try await platform.admin.call(
                    PassIssuerEndpoints.putWebhook,
                    parameters: ["id": WalletPlatform.campaign.rawValue, "name": "crm"],
                    body: WebhookRequest(url: receiver.url, events: [.expired]))
                platform.confide(webhook.secret?.value ?? "")
                try await platform.installPasses(Self.passes)
                let replicas = [platform.issuer, try platform.replica(of: platform.issuer)]
                try await replicas[1].start()
                try await replicas[1].waitUntilReady(client: platform.client)

                // Long enough for the lock to come first.
                try await platform.query("UPDATE issuer.passes SET expires_at = now() + interval '10 seconds'")
                try await Self.holdingEvents(platform) {
                    try await eventually("both replicas to be in the midst of it") {
                        try await platform.query(
                            """
                            SELECT count(*) FROM pg_stat_activity
                            WHERE query LIKE 'WITH due AS%' AND wait_event_type = 'Lock' AND datname = current_database()
                            """) == "2"
                    }
                    for replica in replicas { await replica.kill() }
                }
                for replica in replicas { try await replica.start() }
                try await eventually("more than what the dead had begun") {
                    Int(try await platform.query(Self.told)) ?? 0 > 1_000
                }
                for replica in replicas { await replica.kill() }
                for replica in replicas { try await replica.start() }
                for replica in replicas { try await replica.waitUntilReady(client: platform.client) }

                try await eventually(within: .seconds(60), "every end to be told") {
                    try await platform.query("SELECT count(*) FROM issuer.passes WHERE expires_at IS NOT NULL") == "0"
                }
                #expect(
                    try await platform.query(
                        """
                        SELECT count(*), count(DISTINCT serial_number), count(DISTINCT event_id)
                        FROM issuer.webhook_deliveries WHERE kind = 'expired'
                        """) == "\(Self.passes)|\(Self.passes)|\(Self.passes)")
                try await eventually("the receiver to hear of one") { receiver.taken.contains { $0.type == "expired" } }
            }
            await receiver.stop()
        }

        /// Lets no event be written for the time of a body: who writes one waits in the midst of its statement.
        private static func holdingEvents(_ platform: WalletPlatform, _ body: () async throws -> Void) async throws {
            let directory = try TestDirectory()
            let holder = try await ChildProcess.start(
                [
                    "psql", "--no-psqlrc", "-Atqc",
                    "BEGIN; LOCK TABLE issuer.webhook_deliveries IN SHARE MODE; SELECT 1; SELECT pg_sleep(600)",
                    platform.database.superuserURL,
                ], outputTo: directory.path("output"))
            try await eventually("the lock") {
                try await platform.query(
                    """
                    SELECT count(*) FROM pg_locks WHERE relation = 'issuer.webhook_deliveries'::regclass
                        AND mode = 'ShareLock' AND granted
                    """) == "1"
            }
            try await body()
            try await platform.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE query LIKE 'BEGIN; LOCK TABLE%' AND datname = current_database()
                """)
            await holder.wait()
        }
    }
}
