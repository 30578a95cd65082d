import Contracts
import Foundation
import GoogleWalletSimulator
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Synchronization

/// All that a run consists of: what is under load, and what can be broken.
final class Stage: Sendable {
    let platform: WalletPlatform
    let cluster: PostgresCrashCluster
    let google: GoogleWallet
    let receiver: WebhookReceiver
    let relays: Relays
    let clocks: Clocks
    let fleet: PhoneFleet
    let ledger = Ledger()
    let findings = Findings()
    let options: ChaosOptions
    let console = Console()

    private let killed = Mutex<Set<String>>([])

    init(
        platform: WalletPlatform, google: GoogleWallet, receiver: WebhookReceiver, options: ChaosOptions
    ) throws {
        guard let cluster = platform.cluster else { throw ProgramFailure(description: "no PostgreSQL of its own") }
        self.platform = platform
        self.cluster = cluster
        self.google = google
        self.receiver = receiver
        self.options = options
        platform.bridge.change([
            "GOOGLE_WALLET_URL": google.url, "GOOGLE_SAVE_URL": google.saveURL, "GOOGLE_KEYS_URL": google.keysURL,
            "GOOGLE_RATE_PER_SECOND": "100",
            // What the dead had taken goes on soon.
            "OPERATION_LEASE_SECONDS": "10",
        ])
        platform.push.change(["PUSH_LEASE_SECONDS": "5"])
        relays = options.breaks ? try Relays(platform) : Relays()
        clocks = try Clocks(options.isAlone ? platform.services : [])
        fleet = PhoneFleet(
            webServiceURL: platform.issuer.settings["WEB_SERVICE_URL"] ?? "",
            passTypeIdentifier: PassAuthority.passType, client: platform.client, backOff: Self.patient)
    }

    /// Runs a body on a started platform with the demo campaign in both wallets; what did not end in order is a finding.
    static func run(
        _ options: ChaosOptions, _ body: @escaping @Sendable (Stage) async throws -> Void
    ) async throws -> [String] {
        try await GoogleWallet.serving { google in
            try google.put(Issuer(issuerId: issuerID, name: "Demo"))
            google.change { settings in
                settings.callsPerSecond = 0
                settings.callbackAttempts = 1_000
            }
            let receiver = try WebhookReceiver()
            let platform = try await WalletPlatform(
                ownCluster: true, clusterDirectory: options.disk.map { "\($0)/postgres" },
                settings: ["WEBHOOK_ALLOW_HTTP": "true", "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.1/32"])
            let stage = try Stage(platform: platform, google: google, receiver: receiver, options: options)
            do {
                try await platform.start()
                try await stage.provide()
                try await platform.run(stage.fleet) { try await body(stage) }
            } catch is CancellationError {
                stage.console.say("interrupted")
            } catch {
                stage.findings.add("the run could not go on: \(error)")
            }
            // The cluster, and its log, go with the end.
            if !stage.findings.all.isEmpty { stage.keepLogs() }
            for finding in await platform.stop() { stage.findings.add(finding) }
            stage.relays.close()
            await receiver.stop()
            try Task.checkCancellation()
            return stage.findings.all
        }
    }

    /// Stores the demo campaign, with a field that shows the newest change, and its webhook.
    private func provide() async throws {
        let key = try google.makeServiceAccount("wallet@demo.example", issuers: [Self.issuerID]).file()
        try await platform.putWalletConfiguration(
            WalletPlatform.configuration, google: true,
            account: GoogleConfigurationRequest(
                issuerId: GoogleIssuerID(rawValue: Self.issuerID),
                serviceAccount: Confidential(key.objectValue ?? [:])))
        try await platform.putCampaign(WalletPlatform.campaign, configuration: WalletPlatform.configuration) {
            request in
            var card = request.pass["storeCard"]?.objectValue ?? [:]
            let fields = card["secondaryFields"]?.arrayValue ?? []
            card["secondaryFields"] = .array(
                fields + [["key": "mark", "label": "Change", "value": "{{voucher.mark}}"]])
            request.pass["storeCard"] = .object(card)
        }
        let webhook = try await platform.admin.call(
            PassIssuerEndpoints.putWebhook, parameters: ["id": WalletPlatform.campaign.rawValue, "name": "crm"],
            body: WebhookRequest(url: receiver.url))
        if let secret = webhook.secret?.value { platform.confide(secret) }
        try await eventually("the class to be at Google") { google.resourceCounts.classes == 1 }
    }

    static let issuerID = "3388000000000000001"

    /// Phones that never give up during a run: those that do ask again days later.
    private static let patient = BackOff(pauses: [0.1, 0.2, 0.4, 0.8, 1.6] + Array(repeating: 3, count: 200))

    /// Ends a service at once and starts it again after a while; it was us.
    func kill(_ services: [ServiceProcess], for pause: Duration) async throws {
        noteEnds()
        killed.withLock { $0.formUnion(services.map(\.name)) }
        for service in services { await service.kill() }
        try await Task.sleep(for: pause)
        for service in services { try await service.start() }
        killed.withLock { $0.subtract(services.map(\.name)) }
    }

    /// Tells of each service that ended by itself, and starts it again as an operator's system would.
    func noteEnds() {
        for service in platform.services where !service.isRunning {
            guard !killed.withLock({ $0.contains(service.name) }) else { continue }
            findings.add("\(service.name) ended by itself; its log ends:\n\(service.log.suffix(3_000))")
        }
    }

    /// Starts PostgreSQL again where it has ended, and waits until it answers: it may be recovering, or find no room yet.
    func startDatabase() async throws {
        try await eventually(within: .seconds(60), "PostgreSQL to start again") {
            let outcome = try await Program.run(["psql", "-Atqc", "SELECT 1", platform.database.superuserURL])
            // Why it can't be started stands in its log, and the next attempt tells.
            if outcome.output.contains("refused") { try? await cluster.restart() }
            return outcome.status == 0
        }
    }

    /// Keeps the logs of everything.
    private func keepLogs() {
        guard let logs = options.logs else { return }
        let files = platform.services.map { ("\($0.name).log", Data($0.log.utf8)) }
        for (name, data) in files + [("postgresql.log", cluster.database.log)] {
            // Without them the findings are told all the same.
            try? data.write(to: URL(fileURLWithPath: "\(logs)/\(name)"))
        }
    }
}
