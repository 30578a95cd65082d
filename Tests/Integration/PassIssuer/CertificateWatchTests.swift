import Contracts
import Cryptography
import Foundation
import Glibc
import HTTPTypes
import Postgres
import ServiceKit
import Support
import Testing

@testable import PassIssuer

@Suite struct CertificateWatchTests {
    @Test("the days left are a metric, and each milestone is logged once by all replicas and starts together")
    func milestones() async throws {
        try await IssuerUnderTest.run { issuer in
            await issuer.stopBackgroundWork()
            try await issuer.putActiveCampaign()
            let configurations = WalletConfigurationStore(database: issuer.pool)
            let id = try #require(WalletConfigurationID(rawValue: "acme"))
            let apple = try #require(try await configurations.configuration(id)?.apple)
            let end = try Certificate(der: apple.certificate).notAfter
            let directory = try TestDirectory()
            let descriptor = open(directory.path("log"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            defer { close(descriptor) }
            let metrics = Metrics()
            let start = Instant(seconds: end - 70 * 86_400)
            for day in stride(from: 0, through: 71, by: 1) {
                // Two replicas, each started anew every day.
                for metrics in [metrics, Metrics()] {
                    let watch = CertificateWatch(
                        configurations: configurations,
                        milestones: CertificateMilestoneStore(database: issuer.pool),
                        metrics: CertificateMetrics(metrics),
                        logger: Logger(
                            service: "test", level: .info, format: .json, sink: LogSink(fileDescriptor: descriptor)),
                        clock: { start.adding(seconds: day * 86_400 + 3_600) })
                    try await watch.look()
                }
                if day == 60 {
                    #expect(metrics.text().contains("wallet_certificate_days{pass_type=\"pass.example.demo\"} 9.95"))
                }
            }
            let lines = String(decoding: try directory.bytes("log"), as: UTF8.self).split(separator: "\n")
            let reached = lines.compactMap { line in
                [60, 30, 14, 7, 1].first { line.contains("\"milestone\":\"\($0)\"") }
            }
            #expect(reached == [60, 30, 14, 7, 1], "\(lines)")
        }
    }
}
