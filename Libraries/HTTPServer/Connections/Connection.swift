import Glibc
import HTTPTypes
import Synchronization

/// One client's connection, from its acceptance to its end.
final class Connection: Sendable {
    /// Why a connection gets no service.
    enum Refusal: Sendable {
        case tooManyInAll
        case tooManyOfAddress
    }

    private struct State {
        var target = ""
        var exchange: Exchange?
    }

    let socket: Int32
    let peer: IPAddress
    /// The peer's address as text, made once for all its requests.
    let peerText: String
    let isTrusted: Bool
    let refusal: Refusal?

    /// When the connection is cut off, in monotonic nanoseconds; 0 while the server itself is at work.
    private let deadline: Atomic<UInt64>
    /// Since when no request is at work, 0 while one is.
    private let idleSince: Atomic<UInt64>
    private let state = Mutex(State())

    init(socket: Int32, peer: IPAddress, isTrusted: Bool, refusal: Refusal?, deadline: MonotonicTime) {
        self.socket = socket
        self.peer = peer
        peerText = peer.description
        self.isTrusted = isTrusted
        self.refusal = refusal
        self.deadline = Atomic(deadline.nanoseconds)
        idleSince = Atomic(MonotonicTime.now.nanoseconds)
    }

    /// Keeps the request's target until its header is whole.
    func receive(target: String) {
        state.withLock { $0.target = target }
    }

    /// The target of the request that begins now.
    func takeTarget() -> String {
        state.withLock { state in
            defer { state.target = "" }
            return state.target
        }
    }

    /// The request at work.
    var exchange: Exchange? { state.withLock { $0.exchange } }

    /// A request begins.
    func begin(_ exchange: Exchange) {
        idleSince.store(0, ordering: .relaxed)
        state.withLock { $0.exchange = exchange }
    }

    /// The request is over; the next one's header must be whole by the deadline.
    func end(nextBy deadline: MonotonicTime) {
        state.withLock { $0.exchange = nil }
        idleSince.store(MonotonicTime.now.nanoseconds, ordering: .relaxed)
        self.deadline.store(deadline.nanoseconds, ordering: .relaxed)
    }

    /// Cuts the connection off at an instant; nil lets it be.
    func setDeadline(_ time: MonotonicTime?) {
        deadline.store(time?.nanoseconds ?? 0, ordering: .relaxed)
    }

    /// Grants more time, while a deadline is set.
    func extendDeadline(nanoseconds: UInt64) {
        let current = deadline.load(ordering: .relaxed)
        if current != 0 { deadline.store(current + nanoseconds, ordering: .relaxed) }
    }

    func isExpired(at now: MonotonicTime) -> Bool {
        let deadline = deadline.load(ordering: .relaxed)
        return deadline != 0 && deadline <= now.nanoseconds
    }

    /// Whether nothing has been asked for so long and nothing waits to be read.
    func isIdle(for duration: Duration, at now: MonotonicTime) -> Bool {
        let since = idleSince.load(ordering: .relaxed)
        guard since != 0, now >= MonotonicTime(nanoseconds: since).adding(duration) else { return false }
        var byte: UInt8 = 0
        return recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) <= 0
    }

    /// Ends the connection under the HTTP library, which then closes it.
    func cutOff() {
        shutdown(socket, Int32(SHUT_RDWR))
    }
}
