import Contracts
import Foundation
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("The plans of statements on a phone's way") struct QueryPlanTests {
        /// Tables that grow with passes, phones and objects.
        private static let large: Set<String> = [
            "passes", "pass_events", "devices", "registrations", "device_logs", "forgotten_tokens", "jobs", "objects",
            "resources", "events",
            "callbacks", "operations",
        ]
        /// Words of statements on both sides' ways, so that an empty log proves nothing.
        private static let expected = [
            "INTO issuer.passes", "registry.register", "registry.apply_update", "registry.unregister", "push.settle",
            "p.campaign_version = v.version OFFSET 0", "INTO registry.device_logs", "UPDATE registry.forgotten_tokens",
            "INTO google.objects",
            "UPDATE google.objects", "INTO google.callbacks", "google.operations", "google.resources",
        ]

        @Test(
            "each goes by an index, made while tables are empty or believed to hold 10,000,000 passes, 20,000,000 registrations"
        )
        func indexes() async throws {
            try await GooglePlatform.run(ownCluster: true) { subject in
                let platform = subject.platform
                try await showPlans(platform)
                try await circle(subject)
                try await pretend(platform)
                try await circle(subject)
                let log = String(decoding: platform.database.log, as: UTF8.self)
                let plans = log.components(separatedBy: "plan:\n").dropFirst()
                for words in Self.expected {
                    #expect(plans.contains { $0.contains(words) }, "no plan of \(words)")
                }
                for plan in plans {
                    for found in plan.matches(of: /Seq Scan on (\w+)/)
                    where Self.large.contains(String(found.output.1)) {
                        Issue.record("\(found.output.1) is read whole by\n\(plan.prefix(1_500))")
                    }
                }
            }
        }

        /// Has PostgreSQL plan for any values, and write its plans down.
        private func showPlans(_ platform: WalletPlatform) async throws {
            let database = try await platform.query("SELECT quote_ident(current_database())")
            for setting in [
                "session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0",
                "auto_explain.log_nested_statements = on", "plan_cache_mode = force_generic_plan",
            ] {
                try await platform.query("ALTER DATABASE \(database) SET \(setting)")
            }
            // What the test asks itself is on nobody's way.
            try await platform.query(
                "ALTER ROLE CURRENT_USER IN DATABASE \(database) SET auto_explain.log_min_duration = -1")
            try await connectAnew(platform)
        }

        /// Makes PostgreSQL believe in many rows.
        private func pretend(_ platform: WalletPlatform) async throws {
            try await platform.query(
                """
                UPDATE pg_class c SET relpages = 1, reltuples = CASE c.relname WHEN 'registrations' THEN 2e7 ELSE 1e7 END
                FROM pg_namespace n
                WHERE n.oid = c.relnamespace AND c.relkind = 'r' AND n.nspname IN ('issuer', 'registry', 'push', 'google')
                    AND c.relname = ANY ('{\(Self.large.sorted().joined(separator: ","))}')
                """)
            try await connectAnew(platform)
        }

        /// New connections begin with the database's settings, and without plans.
        private func connectAnew(_ platform: WalletPlatform) async throws {
            let old = try await platform.query(
                """
                SELECT coalesce(string_agg(pid::text, ','), '0') FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
                """)
            try await platform.query("SELECT count(pg_terminate_backend(pid)) FROM unnest('{\(old)}'::integer[]) pid")
            try await eventually("the old connections to be gone") {
                try await platform.query("SELECT count(*) FROM pg_stat_activity WHERE pid IN (\(old))") == "0"
            }
            for service in platform.services { try await service.waitUntilReady(client: platform.client) }
        }

        /// A pass from its link to its phone, a change by push, one of its campaign, and its end; another one at Google.
        private func circle(_ subject: GooglePlatform) async throws {
            let platform = subject.platform
            let before = platform.database.log.count
            let phone = try platform.makePhone { _ in }
            let link = try await platform.link(for: Person(), voucher: ["points": 120])
            let serialNumber = try await phone.add(link: link).pass.serialNumber
            let saved = try await subject.save(Person())
            let report = HTTPClientRequest(
                method: .post, url: (platform.registry.publicURL ?? "") + "/v1/log",
                body: Array(#"{"logs":["a line"]}"#.utf8))
            #expect(try await platform.client.send(report).status == .ok)
            let told = try await platform.query("SELECT count(*) FROM push.results")
            try await platform.patch(serialNumber, PassPatch(voucher: .value(["points": 130])))
            try await platform.patch(saved, PassPatch(voucher: .value(["points": 130])))
            try await eventually("the phone to be told") { try await !phone.refresh().isEmpty }
            try await eventually("APNs to be told") {
                try await platform.query("SELECT count(*) FROM push.results") != told
            }
            let rollout = try await platform.changeCampaign(logoText: "Told to \(serialNumber)")
            try await platform.endOfRollout(rollout)
            #expect(try await phone.remove(serialNumber: serialNumber))
            try await subject.settle()
            let deleted = try await platform.query(Self.deleted)
            #expect(subject.google.delete(object: "\(GooglePlatform.issuerID).\(saved)"))
            try await eventually("Google's callback") { try await platform.query(Self.deleted) != deleted }
            // What comes by itself: the versions that the rollout left behind are deleted, the queue to Google is measured.
            for (words, times) in [
                ("p.campaign_version = v.version OFFSET 0", 2), ("count(*) FILTER (WHERE state = 'failed')", 1),
            ] {
                try await eventually("a plan of \(words)") {
                    String(decoding: platform.database.log.dropFirst(before), as: UTF8.self)
                        .components(separatedBy: words).count > times
                }
            }
        }

        private static let deleted = "SELECT coalesce(sum(deleted), 0) FROM google.activity_days"
    }
}
