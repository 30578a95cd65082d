import APNsSimulator
import Contracts
import Foundation
import HTTPClient
import HTTPTypes
import Synchronization

/// The four built services as processes on a private PostgreSQL, with keys, tokens and ports of their own, and a simulated
/// APNs.
public final class WalletPlatform: Sendable {
    /// The database of all four, each with its own logins.
    public let database: TestDatabase
    /// The cluster, when this platform alone has it.
    public let cluster: PostgresCrashCluster?
    /// Keys and tokens.
    public let secrets: PlatformSecrets
    /// Who signs the pass certificates.
    public let authority: PassAuthority
    /// The client of the tests.
    public let client = HTTPClient()
    /// Makes links and passes.
    public let issuer: ServiceProcess
    /// Apple's web service.
    public let registry: ServiceProcess
    /// Google's side.
    public let bridge: ServiceProcess
    /// Pushes.
    public let push: ServiceProcess
    /// Where they go.
    public let apns: PlatformAPNs

    let directory: TestDirectory
    /// What others reach the services through when these are to be replaced.
    let doors: Doors?
    private let confidences: Mutex<Set<String>>
    private let replicas = Mutex<[ServiceProcess]>([])

    /// Migrates the schemas, starts all four services and waits until they are ready.
    public func start() async throws {
        try await migrate()
        try apns.start()
        for service in services { try await service.start() }
        for service in services { try await service.waitUntilReady(client: client) }
    }

    /// Migrates the schemas of all four services.
    public func migrate() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services {
                group.addTask {
                    let outcome = try await service.migrate()
                    guard outcome.status != 0 else { return }
                    throw ProgramFailure(description: "\(service.name) migrate: \(outcome.output)")
                }
            }
            try await group.waitForAll()
        }
    }

    /// Prepares a platform whose services are not started.
    ///
    /// - Parameters:
    ///   - ownCluster: whether its PostgreSQL is its own, durable as in production, for tests that stop or kill it.
    ///   - clusterDirectory: where its own PostgreSQL lies; a new place when it is left out.
    ///   - settings: further settings of pass-issuer.
    ///   - updatedFrom: the earlier release that its services and its database's logins are of, to be replaced.
    ///   - apns: makes the simulated APNs another than the usual one.
    public init(
        ownCluster: Bool = false, clusterDirectory: String? = nil, settings: [String: String] = [:],
        updatedFrom: PreviousRelease? = nil,
        apns change: (inout APNsSimulatorConfiguration) -> Void = { _ in }
    ) async throws {
        authority = try await PassAuthority.shared()
        apns = try PlatformAPNs(authority: authority, change: change)
        cluster = ownCluster ? try await TestDatabase.crashCluster(in: clusterDirectory) : nil
        if let cluster {
            database = cluster.database
        } else {
            database = try await TestDatabase.make(roles: updatedFrom?.roles)
        }
        let secrets = PlatformSecrets()
        self.secrets = secrets
        let logins = PostgresLogin.allCases.flatMap { [database] in [database.url(for: $0), database.ownerURL(for: $0)]
        }
        confidences = Mutex(Set(secrets.all + logins.compactMap(Self.password)))
        let directory = try TestDirectory()
        self.directory = directory
        let processes = try PlatformProcesses(
            database: database, secrets: secrets, directory: directory, apns: apns, authority: authority,
            updatedFrom: updatedFrom)
        doors = updatedFrom == nil ? nil : try await Doors(processes.all)
        issuer = try processes.issuer(with: settings)
        registry = try processes.registry()
        bridge = try processes.bridge()
        push = try processes.push()
    }

    private static func password(_ url: String) -> String? { URLComponents(string: url)?.password }

    /// The four services.
    public var services: [ServiceProcess] { [issuer, registry, bridge, push] }

    /// Another process of a service, with the same settings and ports of its own; not started.
    public func replica(of service: ServiceProcess) throws -> ServiceProcess {
        let number = replicas.withLock { $0.count + 2 }
        // Of this checkout, when the platform is one that is updated.
        let release = doors == nil ? service.release : nil
        let replica = ServiceProcess(
            service.name, settings: service.settings, ownerDatabaseURL: service.ownerDatabaseURL,
            ports: (service.publicURL == nil ? nil : try FreePorts.take(), try FreePorts.take()),
            logPath: directory.path("\(service.name)-\(number).log"), release: release)
        replicas.withLock { $0.append(replica) }
        return replica
    }

    /// Ends everything; what did not end in order, or wrote what must stand in no log, is told.
    public func stop() async -> [String] {
        let all = services + replicas.withLock { $0 }
        let ends = await withTaskGroup(of: String?.self) { group in
            for service in all where service.isRunning {
                group.addTask {
                    let status = await service.terminate()
                    return status == 0
                        ? nil
                        : "\(service.name) ended with \(status ?? -1); its log ends:\n\(service.log.suffix(2_000))"
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        await apns.stop()
        client.shutdown()
        let findings = ends.compactMap { $0 } + leaks()
        // The cluster goes with the tests' process; until then it need not work.
        try? await cluster?.kill()
        return findings
    }

    /// Remembers a text that must stand in no log.
    public func confide(_ text: String) {
        confidences.withLock { _ = $0.insert(text) }
    }

    /// What stands in a log and must not.
    public func leaks() -> [String] {
        lines(with: confidences.withLock { Array($0) }).map { "a log holds a secret or a person: \($0)" }
    }

    /// The lines of all logs, PostgreSQL's own among them, in which one of the texts stands; the first for each text.
    public func lines(with texts: [String]) -> [String] {
        let processes = services + replicas.withLock { $0 }
        let logs =
            processes.map { ($0.name, Data($0.log.utf8)) } + (cluster.map { [("postgresql", $0.database.log)] } ?? [])
        return logs.flatMap { name, log in
            texts.compactMap { text -> String? in
                guard let place = log.range(of: Data(text.utf8)) else { return nil }
                let start = log[..<place.lowerBound].lastIndex(of: 0x0A).map { log.index(after: $0) } ?? log.startIndex
                return "\(name): \(String(decoding: log[start...].prefix(600), as: UTF8.self))"
            }
        }
    }
}
