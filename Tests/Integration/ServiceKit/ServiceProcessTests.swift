import Foundation
import Glibc
import HTTPClient
import HTTPServer
import HTTPTypes
import Postgres
import Support
import Synchronization
import Testing

@testable import ServiceKit

@Suite("The order of a service's life")
struct ServiceProcessTests {
    /// What happened, in order.
    final class Journal: Sendable {
        private let entries = Mutex<[String]>([])

        var all: [String] { entries.withLock { $0 } }

        func add(_ entry: String) {
            entries.withLock { $0.append(entry) }
        }

        func contains(_ entry: String) async throws {
            let deadline = ContinuousClock.now + .seconds(30)
            while !all.contains(entry) {
                guard ContinuousClock.now < deadline else {
                    throw ServiceExecutable.Failure(description: "\(entry) is not among \(all)")
                }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    struct Configuration: ServiceConfiguration {
        let behaviour: String

        init(_ settings: inout Settings) {
            behaviour = settings.string("BEHAVIOUR", default: "steady", help: "What the service does")
        }
    }

    struct Crash: Error, CustomStringConvertible { let description = "the background work broke" }

    @TaskLocal static var journal = Journal()

    struct TestService: Service {
        static let name = "tester"
        static let summary = "a service of the tests"
        static let schema = "push"
        static let migrations = [Migration(version: 1, name: "nothing", sql: Array("SELECT 1".utf8))]
        static let openAPIDocument = Array("{}".utf8)
        static let publicPort: Int? = nil
        static let internalPort = 0

        let behaviour: String
        let journal = ServiceProcessTests.journal

        init(configuration: Configuration, runtime: ServiceRuntime) async throws {
            behaviour = configuration.behaviour
            if behaviour == "unmakeable" { throw Crash() }
        }

        func internalRoutes() -> Routes {
            var routes = Routes()
            routes.on(.get, "/slow") { [journal] _ in
                journal.add("request begun")
                try await journal.contains("request may end")
                journal.add("request ended")
                return .text("done")
            }
            return routes
        }

        func run() async throws {
            journal.add("run begun")
            switch behaviour {
            case "crashing": throw Crash()
            case "returning": return
            default: break
            }
            do {
                try await Task.sleep(for: .seconds(3_600))
            } catch {
                journal.add("run cancelled")
                throw error
            }
        }
    }

    /// Serves until its end; the body gets the internal listener's URL.
    private static func serve(
        _ behaviour: String, url: String? = nil, port: Int = 0,
        _ body: @escaping @Sendable (String, StopSignals) async throws -> Void = { _, _ in }
    ) async throws -> (status: Int32, log: String) {
        let database = try await TestDatabase.make()
        let settings = ServiceSettings<TestService>(
            Settings(environment: [
                "DATABASE_URL": url ?? database.ownerURL(for: .pushSender), "INTERNAL_ADDRESS": "127.0.0.1",
                "INTERNAL_PORT": String(port), "BEHAVIOUR": behaviour, "LOG_FORMAT": "text",
            ]))
        #expect(settings.faults.isEmpty)
        let file = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)").path
        let descriptor = open(file, O_CREAT | O_WRONLY | O_APPEND, 0o600)
        defer {
            close(descriptor)
            unlink(file)
        }
        let log: @Sendable () -> String = { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }
        let process = ServiceProcess(settings: settings, sink: LogSink(fileDescriptor: descriptor))
        let signals = StopSignals()
        async let status = process.serve(until: signals)
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if let match = log().firstMatch(of: /Listening\. listener=internal port=(\d+)/) {
                try await body("http://127.0.0.1:\(match.1)", signals)
                break
            }
            if log().contains("cannot start") { break }
            try await Task.sleep(for: .milliseconds(5))
        }
        return (await status, log())
    }

    @Test("lets a running request end, then cancels the background work, then ends")
    func order() async throws {
        let journal = Journal()
        let result = try await Self.$journal.withValue(journal) {
            try await Self.serve("steady") { url, signals in
                try await journal.contains("run begun")
                async let response = HTTPClient().send(HTTPClientRequest(url: url + "/slow", deadline: .seconds(30)))
                try await journal.contains("request begun")
                signals.receive(SIGTERM)
                while true {
                    do throws(HTTPClientError) {
                        _ = try await HTTPClient().send(
                            HTTPClientRequest(url: url + "/healthz", deadline: .milliseconds(200)))
                    } catch {
                        if error == .connectFailed { break }
                    }
                }
                #expect(!journal.all.contains("run cancelled"))
                journal.add("request may end")
                let body = try await response.body
                #expect(body == Array("done".utf8))
            }
        }
        #expect(result.status == 0)
        #expect(journal.all == ["run begun", "request begun", "request may end", "request ended", "run cancelled"])
    }

    @Test("ends with 1 and its reason when the background work fails")
    func crash() async throws {
        let result = try await Self.serve("crashing")
        #expect(result.status == 1)
        #expect(result.log.contains("the background work broke"))
    }

    @Test("goes on serving when the background work is done")
    func returning() async throws {
        let journal = Journal()
        let result = try await Self.$journal.withValue(journal) {
            try await Self.serve("returning") { url, signals in
                try await journal.contains("run begun")
                let response = try await HTTPClient().send(HTTPClientRequest(url: url + "/healthz"))
                #expect(response.status == .ok)
                signals.receive(SIGINT)
            }
        }
        #expect(result.status == 0)
    }

    @Test("begins no background work before the database is migrated")
    func noDatabase() async throws {
        let journal = Journal()
        let result = try await Self.$journal.withValue(journal) {
            try await Self.serve("steady", url: "postgresql://a:b@127.0.0.1:1/c") { url, signals in
                let response = try await HTTPClient().send(HTTPClientRequest(url: url + "/readyz"))
                #expect(response.status == .serviceUnavailable)
                signals.receive(SIGTERM)
            }
        }
        #expect(result.status == 0)
        #expect(journal.all.isEmpty)
    }

    @Test("ends with 1 when it cannot be made, or its port is taken")
    func cannotStart() async throws {
        #expect(try await Self.serve("unmakeable").status == 1)
        let other = HTTPServer(configuration: HTTPServerConfiguration(address: "127.0.0.1"), routes: Routes())
        try other.start()
        let result = try await Self.serve("steady", port: other.port)
        await other.stop(deadline: .zero)
        #expect(result.status == 1)
        #expect(result.log.contains("port \(other.port)"))
    }
}
