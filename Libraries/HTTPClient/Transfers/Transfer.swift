import HTTPTypes
import Synchronization

/// One request on its way.
///
/// Unchecked: everything but `isCancelled` is touched by the event thread alone, once the transfer was handed to it.
final class Transfer: @unchecked Sendable {
    typealias Outcome = Result<HTTPClientResponse, HTTPClientError>

    /// Bytes of header fields, all redirects included, beyond which no server is believed.
    private static let maximumHeadBytes = 256 << 10
    /// Bytes of a body that room is made for before they come.
    private static let maximumRoom = 1 << 20

    let request: HTTPClientRequest
    let deadline: ContinuousClock.Instant
    let isCancelled = Atomic(false)

    /// Set when a callback ended the transfer, since libcurl then knows a write error alone.
    private(set) var fault: HTTPClientError?
    /// Which addresses may be connected to; nil permits all.
    var permitsAddress: (@Sendable ([UInt8]) -> Bool)?

    private var continuation: CheckedContinuation<Outcome, Never>?
    private var status = HTTPStatus(rawValue: 0)
    private var headers = HTTPHeaders()
    private var body: [UInt8] = []
    private var headBytes = 0
    private var isHeadComplete = true

    init(request: HTTPClientRequest) {
        self.request = request
        deadline = ContinuousClock.now.advanced(by: request.deadline)
    }

    func begin(_ continuation: CheckedContinuation<Outcome, Never>) {
        self.continuation = continuation
    }

    func finish(_ outcome: Outcome) {
        continuation?.resume(returning: outcome)
        continuation = nil
    }

    /// The answer that was received.
    var response: HTTPClientResponse {
        HTTPClientResponse(status: status, headers: headers, body: body)
    }

    /// Whether the last head that was received leads elsewhere.
    var isRedirected: Bool { (300..<400).contains(status.rawValue) }

    /// Takes one line of a head; false ends the transfer.
    func receiveHead(_ line: UnsafeRawBufferPointer) -> Bool {
        headBytes += line.count
        guard headBytes <= Self.maximumHeadBytes else { return end(.responseTooLarge) }
        let text = line.prefix { $0 != 0x0D && $0 != 0x0A }
        if text.isEmpty {
            isHeadComplete = true
            makeRoom()
        } else if isHeadComplete, text.starts(with: "HTTP/".utf8) {
            beginHead(String(decoding: text, as: UTF8.self))
        } else if !isHeadComplete, let colon = text.firstIndex(of: UInt8(ascii: ":")) {
            headers.add(
                String(decoding: text[..<colon], as: UTF8.self),
                String(decoding: text[text.index(after: colon)...], as: UTF8.self))
        }
        // What is left are trailers, which nobody reads.
        return true
    }

    /// Takes a piece of the body; false ends the transfer.
    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= request.maximumResponseBytes - body.count else { return end(.responseTooLarge) }
        body.append(contentsOf: bytes)
        return true
    }

    /// Whether a connection may be made to a socket address; that it may not is the transfer's fault unless another
    /// address of the name takes it.
    func permits(_ address: UnsafeRawBufferPointer) -> Bool {
        guard let permitsAddress else { return true }
        if let bytes = SocketAddress.bytes(of: address), permitsAddress(bytes) { return true }
        fault = .addressRefused
        return false
    }

    /// A redirect and an interim answer (100, 103) each have a head, and the last one counts.
    private func beginHead(_ statusLine: String) {
        let parts = statusLine.utf8.split(separator: UInt8(ascii: " "), maxSplits: 2)
        status = HTTPStatus(rawValue: parts.count > 1 ? Int(Substring(parts[1])) ?? 0 : 0)
        headers = HTTPHeaders()
        body = []
        isHeadComplete = false
    }

    /// For a body as long as the head says, so that it need not move while it grows; a server may say what it likes.
    private func makeRoom() {
        guard let length = headers["Content-Length"].flatMap(Int.init), length > 0 else { return }
        body.reserveCapacity(min(length, request.maximumResponseBytes, Self.maximumRoom))
    }

    private func end(_ fault: HTTPClientError) -> Bool {
        self.fault = fault
        return false
    }
}
