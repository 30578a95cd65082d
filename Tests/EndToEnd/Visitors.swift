import Contracts
import HTTPTypes
import JSON
import Support
import Synchronization

/// People, phones and a customer's system that must notice nothing: each request is sent once, and is answered as it should be.
final class Visitors: Sendable {
    private struct State {
        var isOpen = true
        var count = 0
        var faults: [String] = []
    }

    private let platform: WalletPlatform
    private let state = Mutex(State())

    init(_ platform: WalletPlatform) {
        self.platform = platform
    }

    /// How many requests were answered.
    var count: Int { state.withLock { $0.count } }

    /// What was answered otherwise than it should be.
    var faults: [String] { state.withLock { $0.faults } }

    /// Ends all of it, once the requests that run are answered.
    func goHome() { state.withLock { $0.isOpen = false } }

    /// Waits until so many requests were answered.
    func reach(_ wanted: Int) async throws {
        try await eventually(within: .seconds(60), "\(wanted) answers") { count >= wanted }
    }

    /// Changes a pass again and again.
    func change(_ serialNumber: String) async {
        var points = 0
        while isOpen {
            points += 1
            let patch = PassPatch(voucher: .value(["points": .number(JSONNumber(points))]))
            await attempt("a change") { _ = try await platform.patch(serialNumber, patch) }
        }
    }

    /// Asks for links, opens them and registers the passes, again and again.
    func open() async {
        while isOpen {
            var package: [UInt8]?
            await attempt("a link") {
                let link = try await platform.link(for: Person())
                let answer = try await platform.open(link)
                guard answer.status == .ok else { throw ProgramFailure(description: "\(answer.status)") }
                package = answer.body
            }
            guard let package, let content = PassContent(package: package) else { continue }
            let device = WalletDevice(platform)
            await attempt("a registration") {
                try await device.add(package: package)
                let status = await device.register(content.serialNumber)
                guard status == .created else { throw ProgramFailure(description: "\(String(describing: status))") }
            }
            await attempt("what changed") { try Self.expect(await device.askWhatChanged()) }
            await attempt("a package") { try Self.expect(await device.fetch(content.serialNumber)) }
        }
    }

    private static func expect(_ status: HTTPStatus?) throws {
        guard let status, [.ok, .noContent, .notModified].contains(status) else {
            throw ProgramFailure(description: "\(String(describing: status))")
        }
    }

    private var isOpen: Bool { state.withLock { $0.isOpen } }

    private func attempt(_ name: String, _ body: () async throws -> Void) async {
        do {
            try await body()
            state.withLock { $0.count += 1 }
        } catch {
            state.withLock { $0.faults.append("\(name): \(error)") }
        }
    }
}
