import Contracts
import HTTPClient
import HTTPTypes
import JSON
import Support
import Synchronization
import Testing

extension EndToEndTests {
    @Suite("SIGTERM under load") struct ShutdownTests {
        @Test("a request that has begun is answered in full, then the process ends with 0") func unfinished()
            async throws
        {
            try await withPlatform { platform in
                let port = try #require(Int(platform.issuer.settings["INTERNAL_PORT"] ?? ""))
                let connection = try RawConnection(port: port)
                let line = #"{"id":"1","campaignId":"demo","platform":"apple"}"# + "\n"
                let count = 400
                try connection.write(
                    "POST /pers/v1/urls HTTP/1.1\r\nHost: issuer\r\nContent-Type: application/x-ndjson\r\n"
                        + "Authorization: Bearer \(platform.secrets.personalisation)\r\nExpect: 100-continue\r\n"
                        + "Content-Length: \(line.utf8.count * count)\r\n\r\n")
                #expect(try connection.readOnce().hasPrefix("HTTP/1.1 100"))
                try connection.write(String(repeating: line, count: count / 2))

                platform.issuer.askToEnd()
                try await eventually("new connections to be refused") {
                    do throws(HTTPClientError) {
                        _ = try await platform.client.send(
                            HTTPClientRequest(url: platform.issuer.internalURL + "/healthz"))
                        return false
                    } catch {
                        return error == .connectFailed
                    }
                }
                #expect(platform.issuer.isRunning)
                try connection.write(String(repeating: line, count: count / 2))
                let answer = connection.readToEnd()
                #expect(answer.hasPrefix("HTTP/1.1 200"))
                #expect(answer.components(separatedBy: "/api/pass/create/").count - 1 == count)
                #expect(await platform.issuer.terminate() == 0)
            }
        }

        @Test("each service takes leave of PostgreSQL before it ends, as one that is killed does not")
        func connections() async throws {
            try await withPlatform { platform in
                let sessions = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND usename"
                let abandoned = "SELECT sessions_abandoned FROM pg_stat_database WHERE datname = current_database()"
                let before = try await platform.query(abandoned)
                for service in platform.services.dropFirst() {
                    let own = sessions + " = '\(service.name.replacing("-", with: "_"))'"
                    #expect(try await platform.query(own) != "0")
                    #expect(await service.terminate() == 0)
                    try await eventually("\(service.name)'s connections to end") {
                        try await platform.query(own) == "0"
                    }
                }
                #expect(try await platform.query(abandoned) == before)
                await platform.services.first?.kill()
                try await eventually("PostgreSQL to miss the killed one") {
                    try await platform.query(abandoned) != before
                }
            }
        }

        @Test("no request fails while one of two replicas ends", arguments: [ServiceName.issuer, .registry])
        func replicas(_ name: ServiceName) async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let service = try #require(platform.services.first { $0.name == name.rawValue })
                let replica = try platform.replica(of: service)
                try await replica.start()
                try await replica.waitUntilReady(client: platform.client)
                let package = try await platform.open(try await platform.link(for: Person())).body
                let content = try #require(PassContent(package: package))
                let traffic = Traffic(platform, content, first: service, second: replica)

                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<8 { group.addTask { await traffic.run() } }
                    try await eventually("the load to be in full swing") { traffic.answers(of: service) >= 100 }
                    #expect(await service.terminate() == 0)
                    let before = traffic.answers(of: replica)
                    try await eventually("the replica to serve on") { traffic.answers(of: replica) >= before + 100 }
                    traffic.end()
                    try await group.waitForAll()
                }
                #expect(traffic.faults == [])
                // Its own log agrees: every request that it took was answered whole.
                #expect(service.log.contains(#""Stopping.""#))
                #expect(!service.log.contains(#""complete":"false""#))
            }
        }
    }
}

/// Requests without pause to the first of two replicas, and to the second when the first takes none.
private final class Traffic: Sendable {
    private struct State {
        var isRunning = true
        var answers: [String: Int] = [:]
        var faults: [String] = []
    }

    private let platform: WalletPlatform
    private let content: PassContent
    private let replicas: [ServiceProcess]
    private let state = Mutex(State())

    init(_ platform: WalletPlatform, _ content: PassContent, first: ServiceProcess, second: ServiceProcess) {
        self.platform = platform
        self.content = content
        replicas = [first, second]
    }

    var faults: [String] { state.withLock { $0.faults } }

    func answers(of service: ServiceProcess) -> Int { state.withLock { $0.answers[service.internalURL] ?? 0 } }

    func end() { state.withLock { $0.isRunning = false } }

    func run() async {
        var number = 0
        while state.withLock({ $0.isRunning }) {
            number += 1
            await send(number)
        }
    }

    private func send(_ number: Int) async {
        for replica in replicas {
            do throws(HTTPClientError) {
                let response = try await platform.client.send(request(number, to: replica))
                state.withLock { state in
                    state.answers[replica.internalURL, default: 0] += 1
                    if !response.status.isSuccess { state.faults.append("\(response.status)") }
                }
                return
            } catch .connectFailed where replica === replicas[0] {
                continue
            } catch {
                state.withLock { $0.faults.append("\(error)") }
                return
            }
        }
    }

    private func request(_ number: Int, to replica: ServiceProcess) -> HTTPClientRequest {
        let type = content.passTypeIdentifier
        let serialNumber = content.serialNumber
        switch (ServiceName(rawValue: replica.name), number % 2) {
        case (.registry, 0):
            return HTTPClientRequest(
                url: "\(replica.publicURL ?? "")/v1/passes/\(type)/\(serialNumber)",
                headers: ["Authorization": "ApplePass \(content.authenticationToken)"])
        case (.registry, _):
            return HTTPClientRequest(
                method: .post,
                url: "\(replica.publicURL ?? "")/v1/devices/device\(number)/registrations/\(type)/\(serialNumber)",
                headers: ["Authorization": "ApplePass \(content.authenticationToken)"],
                body: Array(#"{"pushToken":"abcd"}"#.utf8))
        case (_, 0):
            return HTTPClientRequest(
                url: "\(replica.internalURL)/admin/v1/passes/\(serialNumber)",
                headers: ["Authorization": "Bearer \(platform.secrets.admin)"])
        case (_, _):
            return HTTPClientRequest(
                method: .post, url: "\(replica.internalURL)/pers/v1/urls",
                headers: [
                    "Authorization": "Bearer \(platform.secrets.personalisation)", "Content-Type": "application/json",
                ], body: Array(#"{"requests":[{"id":"1","campaignId":"demo","platform":"apple"}]}"#.utf8))
        }
    }
}
