import HTTPClient
import HTTPTypes
import JSON
import Synchronization

/// Fetches images as Google does while it answers a call, and remembers which were good.
final class ImageProbe: Sendable {
    private static let capacity = 10_000
    private static let largest = 10 << 20

    private struct State {
        var known: Set<String> = []
        var dead: [String] = []
    }

    private let client: HTTPClient
    private let state = Mutex(State())

    init(client: HTTPClient) {
        self.client = client
    }

    /// Makes all images dead whose address holds a text.
    func kill(_ text: String) {
        state.withLock { $0.dead.append(text) }
    }

    func reset() {
        state.withLock { $0 = State() }
    }

    /// Throws for the first image that cannot be shown.
    func check(_ addresses: [String], _ settings: GoogleWalletSettings) async throws(WalletError) {
        for address in addresses {
            guard PublicAddress.isUsable(address) else {
                throw .invalidResource("Image URL must be a public HTTPS URL: \(address)")
            }
            let (isDead, isKnown) = state.withLock { state in
                (state.dead.contains { address.contains($0) }, state.known.contains(address))
            }
            guard !isDead else { throw Self.unloadable(address, "404") }
            guard settings.images == .fetched, !isKnown else { continue }
            try await fetch(address, within: .milliseconds(settings.imageDeadlineMilliseconds))
            state.withLock { state in
                if state.known.count >= Self.capacity { state.known = [] }
                state.known.insert(address)
            }
        }
    }

    private func fetch(_ address: String, within deadline: Duration) async throws(WalletError) {
        let answer: HTTPClientResponse
        do throws(HTTPClientError) {
            answer = try await client.send(
                HTTPClientRequest(
                    url: address, headers: ["User-Agent": "Google-Valuables", "Accept": "image/*"], deadline: deadline,
                    maximumResponseBytes: Self.largest, followsRedirects: true))
        } catch {
            throw Self.unloadable(address, "\(error)")
        }
        guard answer.status == .ok else { throw Self.unloadable(address, "\(answer.status.rawValue)") }
        let type = answer.headers["Content-Type"].flatMap { MediaType($0) }
        guard type?.type == "image", Self.isImage(answer.body) else {
            throw Self.unloadable(address, "it is no image but \(type?.description ?? "of no type")")
        }
    }

    /// Whether the first bytes are those of PNG, JPEG, GIF or WebP.
    private static func isImage(_ bytes: [UInt8]) -> Bool {
        let beginnings: [[UInt8]] = [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF]]
        let isWebP =
            bytes.count > 12 && bytes.starts(with: Array("RIFF".utf8)) && bytes[8..<12] == Array("WEBP".utf8)[...]
        return isWebP || bytes.starts(with: Array("GIF8".utf8)) || beginnings.contains { bytes.starts(with: $0) }
    }

    private static func unloadable(_ address: String, _ why: String) -> WalletError {
        .invalidResource("Image cannot be loaded: \(address) (\(why))")
    }
}
