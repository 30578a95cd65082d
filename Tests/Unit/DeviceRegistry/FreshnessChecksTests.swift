import Contracts
import HTTPTypes
import ServiceKit
import Synchronization
import Testing

@testable import DeviceRegistry

@Suite("Checks of packages that phones share") struct FreshnessChecksTests {
    private struct Refusal: Error {}

    /// An issuer of which a test says what it answers, and which remembers what it was asked.
    private final class Issuer: Sendable {
        let gate = Gate()
        private let log = Mutex<(checks: [[String]], fetches: [String])>(([], []))

        var checks: [[String]] { log.withLock { $0.checks } }
        var fetches: [String] { log.withLock { $0.fetches } }

        func isAsked(_ packages: [KnownPackage]) {
            log.withLock { $0.checks.append(packages.map(\.serialNumber.rawValue)) }
        }

        func isFetched(_ package: KnownPackage) {
            log.withLock { $0.fetches.append(package.serialNumber.rawValue) }
        }
    }

    private static let date = Instant(seconds: 784_111_777)

    private static func package(_ serialNumber: String) throws -> KnownPackage {
        KnownPackage(
            passTypeIdentifier: try #require(PassTypeIdentifier(rawValue: "pass.com.acme.loyalty")),
            serialNumber: try #require(SerialNumber(rawValue: serialNumber)), ifModifiedSince: date)
    }

    private static func makeChecks(
        of issuer: Issuer, pause: Duration = .seconds(600), check: @escaping FreshnessChecks.Check
    ) -> FreshnessChecks {
        FreshnessChecks(pause: pause, logger: Logger(service: "test", level: .error)) { packages in
            issuer.isAsked(packages)
            return try await check(packages)
        }
    }

    /// What a phone is answered; `nil` is a package.
    private static func ask(
        _ checks: FreshnessChecks, _ serialNumber: String, of issuer: Issuer, isUnmodified: Bool = true
    ) async throws -> String? {
        let known = try package(serialNumber)
        let answer = try await checks.answer(about: known) { () throws(PassIssuerClient.Unavailable) in
            issuer.isFetched(known)
            return isUnmodified ? .notModified(["Last-Modified": "by itself"]) : .package([1], [:])
        }
        guard case .notModified(let headers) = answer else { return nil }
        return headers["Last-Modified"]
    }

    /// Lets the checks know that most packages are the newest.
    private static func teach(_ checks: FreshnessChecks, of issuer: Issuer) async throws {
        for number in 1...16 { _ = try await ask(checks, "known-\(number)", of: issuer) }
    }

    /// Runs a body while one phone is asked about, so that others come beside it.
    private static func beside(
        _ checks: FreshnessChecks, of issuer: Issuer, _ body: () async throws -> Void
    ) async throws {
        let known = try package("slow")
        let slow = Gate()
        async let first = checks.answer(about: known) { () throws(PassIssuerClient.Unavailable) in
            await slow.wait()
            return .notModified([:])
        }
        #expect(await eventually { slow.arrivals == 1 })
        try await body()
        slow.open()
        _ = try await first
    }

    @Test("a phone that comes alone is asked about by itself")
    func alone() async throws {
        let issuer = Issuer()
        let checks = Self.makeChecks(of: issuer) { $0.map { _ in Self.date } }
        try await Self.teach(checks, of: issuer)
        #expect(try await Self.ask(checks, "s1", of: issuer) == "by itself")
        #expect(issuer.checks.isEmpty)
    }

    @Test("phones that come while a check is under way go together, each with its own answer")
    func together() async throws {
        let issuer = Issuer()
        let checks = Self.makeChecks(of: issuer) { packages in
            await issuer.gate.wait()
            return packages.map { $0.serialNumber.rawValue.hasSuffix("7") ? nil : Self.date }
        }
        try await Self.teach(checks, of: issuer)
        try await Self.beside(checks, of: issuer) {
            try await withThrowingTaskGroup(of: (String, String?).self) { group in
                group.addTask { ("s0", try await Self.ask(checks, "s0", of: issuer)) }
                #expect(await eventually { issuer.gate.arrivals == 1 })
                for number in 1...50 {
                    group.addTask { ("s\(number)", try await Self.ask(checks, "s\(number)", of: issuer)) }
                }
                #expect(await eventually { checks.waiting == 50 })
                issuer.gate.open()
                for try await (serialNumber, answer) in group {
                    let isFetched = serialNumber.hasSuffix("7")
                    #expect(answer == (isFetched ? "by itself" : "Sun, 06 Nov 1994 08:49:37 GMT"))
                }
            }
        }
        #expect(issuer.checks.first == ["s0"])
        #expect(issuer.checks.dropFirst().map { Set($0) } == [Set((1...50).map { "s\($0)" })])
        #expect(Set(issuer.fetches.filter { $0.hasPrefix("s") }) == ["s7", "s17", "s27", "s37", "s47"])
    }

    @Test("no check names more packages than one may")
    func limit() async throws {
        let issuer = Issuer()
        let checks = Self.makeChecks(of: issuer) { packages in
            await issuer.gate.wait()
            return packages.map { _ in Self.date }
        }
        try await Self.teach(checks, of: issuer)
        try await Self.beside(checks, of: issuer) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await Self.ask(checks, "s", of: issuer) }
                #expect(await eventually { issuer.gate.arrivals == 1 })
                for number in 1...1_001 { group.addTask { _ = try await Self.ask(checks, "s\(number)", of: issuer) } }
                #expect(await eventually { checks.waiting == 1_001 })
                issuer.gate.open()
                try await group.waitForAll()
            }
        }
        #expect(issuer.checks.map(\.count) == [1, 500, 500, 1])
    }

    @Test("while most packages have changed nobody waits for a check, and once most have not they begin anew")
    func mostChanged() async throws {
        let issuer = Issuer()
        let checks = Self.makeChecks(of: issuer) { $0.map { _ in Self.date } }
        try await Self.beside(checks, of: issuer) {
            for number in 1...100 {
                #expect(try await Self.ask(checks, "s\(number)", of: issuer, isUnmodified: false) == nil)
            }
            #expect(issuer.checks.isEmpty)
            for number in 1...16 { _ = try await Self.ask(checks, "known-\(number)", of: issuer) }
            #expect(!issuer.checks.isEmpty)
        }
    }

    @Test("when a check fails or is no answer each is asked about by itself, and checks rest for a while")
    func failure() async throws {
        let answers: [FreshnessChecks.Check] = [{ _ in throw Refusal() }, { _ in [] }]
        for check in answers {
            let issuer = Issuer()
            let checks = Self.makeChecks(of: issuer, check: check)
            try await Self.teach(checks, of: issuer)
            try await Self.beside(checks, of: issuer) {
                for number in 1...20 {
                    let answer = try await Self.ask(checks, "s\(number)", of: issuer)
                    #expect(answer == "by itself")
                }
            }
            #expect(issuer.checks == [["s1"]])
        }
    }

    @Test(
        "who waits for the next check when one fails is asked about singly as well, and not sent into the same trouble")
    func failureOfMany() async throws {
        let issuer = Issuer()
        let checks = Self.makeChecks(of: issuer) { _ in
            await issuer.gate.wait()
            throw Refusal()
        }
        try await Self.teach(checks, of: issuer)
        try await Self.beside(checks, of: issuer) {
            try await withThrowingTaskGroup(of: String?.self) { group in
                group.addTask { try await Self.ask(checks, "s0", of: issuer) }
                #expect(await eventually { issuer.gate.arrivals == 1 })
                for number in 1...1_001 { group.addTask { try await Self.ask(checks, "s\(number)", of: issuer) } }
                #expect(await eventually { checks.waiting == 1_001 })
                issuer.gate.open()
                for try await answer in group { #expect(answer == "by itself") }
            }
        }
        #expect(issuer.checks == [["s0"]])
    }

    @Test("checks that vouch for nothing become rare, even when each fetch finds the package unmodified")
    func inVain() async throws {
        let issuer = Issuer()
        let checks = Self.makeChecks(of: issuer) { $0.map { _ in nil } }
        try await Self.teach(checks, of: issuer)
        try await Self.beside(checks, of: issuer) {
            for number in 1...200 { _ = try await Self.ask(checks, "s\(number)", of: issuer) }
        }
        #expect(!issuer.checks.isEmpty)
        #expect(issuer.checks.count < 110)
    }

    @Test("after the rest they are tried again")
    func rest() async throws {
        let issuer = Issuer()
        let checks = Self.makeChecks(of: issuer, pause: .zero) { _ in throw Refusal() }
        try await Self.teach(checks, of: issuer)
        try await Self.beside(checks, of: issuer) {
            for number in 1...3 {
                let answer = try await Self.ask(checks, "s\(number)", of: issuer)
                #expect(answer == "by itself")
            }
        }
        #expect(issuer.checks == [["s1"], ["s2"], ["s3"]])
    }
}
