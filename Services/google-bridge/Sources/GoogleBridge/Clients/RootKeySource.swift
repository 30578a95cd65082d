import HTTPClient
import HTTPTypes
import ServiceKit
import Synchronization

/// Google's root keys, kept until they expire.
///
/// They are asked for again when a callback shows a key that none of them signed, once a minute at most: whoever sends
/// us forgeries makes us ask Google no more often than that.
final class RootKeySource: Sendable {
    private struct State {
        var keys: [CallbackRootKey] = []
        var fetchedAt: Instant?
        var triedAt: Instant?
    }

    /// The least time between two fetches.
    private static let pauseSeconds = 60.0
    /// Keys are asked for again after this long, so that one that Google withdraws does not live to its end.
    private static let maximumAgeSeconds = 86_400.0

    private let client: HTTPClient
    private let url: String
    private let logger: Logger
    private let clock: @Sendable () -> Instant
    private let state = Mutex(State())
    private let flights = SingleFlight<String, Bool>()

    init(client: HTTPClient, url: String, logger: Logger, clock: @escaping @Sendable () -> Instant) {
        self.client = client
        self.url = url
        self.logger = logger
        self.clock = clock
    }

    /// The live keys; throws when there are none and none can be had now.
    func keys() async throws -> [CallbackRootKey] {
        let kept = live()
        if kept.isEmpty || isOld() { _ = try await fetch() }
        let keys = live()
        guard !keys.isEmpty else { throw CallbackFault.keysUnavailable }
        return keys
    }

    /// The keys asked for anew; nil when that was done a moment ago or brought nothing.
    func newerKeys() async throws -> [CallbackRootKey]? {
        try await fetch() ? live() : nil
    }

    private func live() -> [CallbackRootKey] {
        let now = clock()
        return state.withLock { $0.keys.filter { $0.expiresAt > now } }
    }

    private func isOld() -> Bool {
        let now = clock()
        return state.withLock { $0.fetchedAt.map { now.seconds(since: $0) > Self.maximumAgeSeconds } ?? true }
    }

    private func fetch() async throws -> Bool {
        try await flights.value(for: url) {
            let now = clock()
            let isDue = state.withLock { state in
                if let triedAt = state.triedAt, abs(now.seconds(since: triedAt)) < Self.pauseSeconds { return false }
                state.triedAt = now
                return true
            }
            return isDue ? try await request(at: now) : false
        }
    }

    private func request(at now: Instant) async throws -> Bool {
        do throws(HTTPClientError) {
            let response = try await client.send(
                HTTPClientRequest(
                    url: url, headers: ["Accept": "application/json"], maximumResponseBytes: 256 << 10,
                    followsRedirects: true))
            guard response.status == .ok, let keys = CallbackRootKey.list(response.body) else {
                logger.warning("Google's root keys can't be read.", ["status": "\(response.status.rawValue)"])
                return false
            }
            state.withLock { state in
                state.keys = keys
                state.fetchedAt = now
            }
            return true
        } catch {
            logger.warning("Google's root keys can't be fetched.", ["error": "\(error)"])
            return false
        }
    }
}
