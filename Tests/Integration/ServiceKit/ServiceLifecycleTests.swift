import Foundation
import Glibc
import HTTPClient
import Postgres
import Support
import Testing

@Suite("The process of a service")
struct ServiceLifecycleTests {
    private static func service(_ database: TestDatabase, _ arguments: [String] = []) async throws -> ServiceExecutable
    {
        try await ServiceExecutable(
            "push-sender", arguments, ServiceExecutable.settings(database.ownerURL(for: .pushSender)))
    }

    @Test("answers health, metrics and its interface, and nothing else")
    func paths() async throws {
        let service = try await Self.service(try await TestDatabase.make())
        _ = try await service.readiness(200)
        #expect(try await service.get("/healthz").status == .ok)
        let document = try await service.get("/openapi.json")
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Services/push-sender/openapi.json")
        #expect(document.body == Array(try Data(contentsOf: file)))
        let unknown = try await service.get("/rpc/v1/nothing")
        #expect(unknown.status == .notFound && unknown.headers["Content-Type"] == "application/problem+json")
    }

    @Test("gives metrics that Prometheus reads")
    func metrics() async throws {
        let service = try await Self.service(try await TestDatabase.make())
        _ = try await service.readiness(200)
        let response = try await service.get("/metrics")
        #expect(response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        let metrics = try PrometheusText(String(decoding: response.body, as: UTF8.self))
        let memory = try #require(metrics.value("process_resident_memory_bytes"))
        #expect(memory > 1e6 && memory < 1e9)
        let start = try #require(metrics.value("process_start_time_seconds"))
        #expect(abs(Date.now.timeIntervalSince1970 - start) < 60)
        #expect(try #require(metrics.value("process_open_fds")) > 3)
        #expect(try #require(metrics.value("database_connections", ["state": "ready"])) >= 1)
        let labels = ["listener": "internal", "method": "GET", "route": "/readyz", "status": "200"]
        #expect(metrics.value("http_requests_total", labels) == 1)
    }

    @Test("shows a client the public listener alone from outside")
    func publicListener() async throws {
        let database = try await TestDatabase.make()
        var settings = ServiceExecutable.settings(database.ownerURL(for: .googleBridge))
        settings["PUBLIC_ADDRESS"] = "127.0.0.1"
        settings["PUBLIC_PORT"] = "0"
        settings["MASTER_KEYS"] = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        let service = try await ServiceExecutable("google-bridge", [], settings)
        _ = try await service.readiness(200)
        for path in ["/healthz", "/readyz", "/metrics", "/openapi.json", "/", "/rpc/v1/issuers/acme"] {
            #expect(try await service.get(path, on: "public").status == .notFound)
        }
    }

    @Test("ends with 78 and names every setting that cannot be used")
    func faults() async throws {
        let service = try await ServiceExecutable(
            "push-sender", [],
            ["INTERNAL_PORT": "many", "LOG_LEVEL_FILE": "/nowhere", "DATABASE_POOL_SIZE": "0", "LOG_FORMAT": "x"])
        #expect(try await service.end() == 78)
        for name in ["DATABASE_URL", "INTERNAL_PORT", "LOG_LEVEL_FILE", "DATABASE_POOL_SIZE", "LOG_FORMAT"] {
            #expect(service.output.contains("\n  \(name) "))
        }
    }

    @Test("starts while the database is down, is ready when it comes, and tells when it goes")
    func databaseDown() async throws {
        let cluster = try await TestDatabase.crashCluster()
        try await cluster.kill()
        let service = try await Self.service(cluster.database)
        #expect(try await service.readiness(503).contains("The migrations are not applied"))
        #expect(try await service.get("/healthz").status == .ok)
        try await cluster.restart()
        _ = try await service.readiness(200)
        try await cluster.kill()
        #expect(try await service.readiness(503).contains("The database cannot be reached."))
        service.send(SIGTERM)
        #expect(try await service.end() == 0)
        try await cluster.restart()
        try await cluster.stop()
    }

    @Test("applies its migrations once when it starts twice at the same time")
    func twice() async throws {
        let database = try await TestDatabase.make()
        async let first = Self.service(database)
        async let second = Self.service(database)
        async let third = Self.service(database, ["migrate"])
        let services = try await [first, second, third]
        for service in services.prefix(2) { _ = try await service.readiness(200) }
        #expect(try await services[2].end() == 0)
        let pool = PostgresPool.started(database.ownerURL(for: .pushSender))
        let versions = try await pool.query("SELECT version FROM push.schema_migrations")
        await pool.close()
        let migrations = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Services/push-sender/Migrations")
        #expect(versions.count == (try FileManager.default.contentsOfDirectory(atPath: migrations.path)).count)
        let applied = try services.flatMap { try $0.logLines() }.filter { $0["migration"] == "V0001__initial" }
        #expect(applied.count == 1)
    }

    @Test("migrates by command, once, and fails when the database is down")
    func migrate() async throws {
        let database = try await TestDatabase.make()
        let first = try await Self.service(database, ["migrate"])
        #expect(try await first.end() == 0)
        #expect(first.output.contains("V0001__initial"))
        let second = try await Self.service(database, ["migrate"])
        #expect(try await second.end() == 0)
        #expect(!second.output.contains("V0001__initial"))
        let down = try await ServiceExecutable(
            "push-sender", ["migrate"], ServiceExecutable.settings("postgresql://a:hunter2@127.0.0.1:1/b"))
        #expect(try await down.end() == 1)
        #expect(down.output.contains("unreachable") && !down.output.contains("hunter2"))
    }

    @Test("ends in order at each signal, sent to process and group alike", arguments: [SIGTERM, SIGINT])
    func signals(_ signal: Int32) async throws {
        let service = try await Self.service(try await TestDatabase.make())
        _ = try await service.readiness(200)
        service.send(signal)
        service.send(signal)
        #expect(try await service.end() == 0)
        #expect(try service.logLines().last?["message"] == "Stopped.")
    }

    @Test("finishes a running request after SIGTERM, and takes no new one")
    func runningRequest() async throws {
        let proxy = try await PausingProxy(to: try await TestDatabase.make())
        let service = try await ServiceExecutable("push-sender", [], ServiceExecutable.settings(proxy.url))
        _ = try await service.readiness(200)
        // Probes now wait for a database that says nothing.
        proxy.pause()
        let url = try await service.url()
        let probe = try await Self.runningProbe(of: service, url)
        service.send(SIGTERM)
        let refused = await Self.isRefused(url + "/healthz")
        let response = try await probe.value
        #expect(refused)
        #expect(response.status == .serviceUnavailable)
        #expect(String(decoding: response.body, as: UTF8.self).contains("The database cannot be reached."))
        proxy.resume()
        #expect(try await service.end() == 0)
    }

    @Test("writes one JSON object a line, and of a request its route but never its path")
    func logs() async throws {
        let service = try await Self.service(try await TestDatabase.make())
        _ = try await service.readiness(200)
        _ = try await service.get("/api/pass/create/personal-data?and=personal-query")
        service.send(SIGTERM)
        #expect(try await service.end() == 0)
        let lines = try service.logLines()
        let request = try #require(lines.last { $0["message"] == "Request." })
        #expect(request["status"] == "404" && request["route"] == "-" && request["requestId"]?.isEmpty == false)
        #expect(!service.output.contains("personal"))
    }

    @Test("prints help, version, and what it does not know")
    func commandLine() async throws {
        let help = try await ServiceExecutable("push-sender", ["--help"], [:])
        #expect(try await help.end() == 0)
        for name in ["DATABASE_URL", "INTERNAL_PORT  (default: 9084)", "LOG_LEVEL", "SHUTDOWN_DEADLINE_SECONDS"] {
            #expect(help.output.contains(name))
        }
        let version = try await ServiceExecutable("push-sender", ["--version"], [:])
        #expect(try await version.end() == 0)
        #expect(version.output.wholeMatch(of: /push-sender \d+\.\d+\.\d+\n/) != nil)
        let unknown = try await ServiceExecutable("push-sender", ["migrate", "now"], [:])
        #expect(try await unknown.end() == 64)
    }

    /// A probe that is at work: since each gives up after two seconds, another one when it was over before it was seen.
    private static func runningProbe(
        of service: ServiceExecutable, _ url: String
    ) async throws -> Task<HTTPClientResponse, any Error> {
        let client = HTTPClient()
        for _ in 1...10 {
            let probe = Task { try await service.get("/readyz") }
            let deadline = ContinuousClock.now + .seconds(2)
            while ContinuousClock.now < deadline {
                let response = try await client.send(HTTPClientRequest(url: url + "/metrics"))
                let metrics = try PrometheusText(String(decoding: response.body, as: UTF8.self))
                // The request that asks is at work too.
                if metrics.value("http_requests_running", ["listener": "internal"]) == 2 { return probe }
            }
            _ = try await probe.value
        }
        throw ServiceExecutable.Failure(description: "the request did not begin")
    }

    private static func isRefused(_ url: String) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            do {
                _ = try await HTTPClient().send(HTTPClientRequest(url: url, deadline: .milliseconds(200)))
            } catch .connectFailed {
                return true
            } catch {
                continue
            }
        }
        return false
    }
}
