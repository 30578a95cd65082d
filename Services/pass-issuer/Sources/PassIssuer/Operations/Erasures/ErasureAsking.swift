import Contracts
import HTTPClient
import HTTPTypes
import ServiceKit

/// Asks the other services to forget erased passes, and what they have left.
struct ErasureAsking: Sendable {
    let store: ErasureStore
    let registry: DeviceRegistryClient
    let google: GoogleDelivery
    let logger: Logger

    private static let portion = GoogleErasuresRequest.maximumCount

    /// What is left of an erasure's passes elsewhere; nil for a service that can't be asked now.
    func remaining(of erasure: StoredErasure) async throws -> StoredErasure.Remaining {
        var remaining = StoredErasure.Remaining(registry: 0, pushSender: 0, bridge: 0)
        var last = ""
        while true {
            let passes = try await store.passes(of: erasure.id, after: last, limit: Self.portion)
            try await ask(passes, &remaining)
            guard let next = passes.last, passes.count == Self.portion else { return remaining }
            last = next.serialNumber.rawValue
        }
    }

    private func ask(_ passes: [ErasurePass], _ remaining: inout StoredErasure.Remaining) async throws {
        let apple = passes.compactMap { pass in
            pass.passType.map {
                ErasedPass(passTypeIdentifier: $0, serialNumber: pass.serialNumber, version: pass.version)
            }
        }
        if !apple.isEmpty {
            let answer = try await asked("device-registry") { try await registry.erase(apple) }
            remaining.registry = Self.sum(remaining.registry, answer?.passes)
            // Each answer counts the tokens of all that was asked for before, too.
            remaining.pushSender = Self.larger(remaining.pushSender, answer?.pushTokens)
        }
        let others = passes.filter(\.isGoogle).map(\.serialNumber)
        if !others.isEmpty {
            let left = try await asked("google-bridge") { try await google.erase(others) }
            remaining.bridge = Self.sum(remaining.bridge, left)
        }
    }

    private func asked<Answer: Sendable>(
        _ service: String, _ question: () async throws -> Answer
    ) async throws -> Answer? {
        do {
            return try await question()
        } catch let error as RPCError {
            try Task.checkCancellation()
            logger.info(
                "A service could not be asked about an erasure; it is asked again.",
                ["service": service, "error": "\(error)"])
            return nil
        }
    }

    private static func larger(_ left: Int?, _ right: Int?) -> Int? {
        guard let left, let right else { return nil }
        return max(left, right)
    }

    private static func sum(_ left: Int?, _ right: Int?) -> Int? {
        guard let left, let right else { return nil }
        return left + right
    }
}
