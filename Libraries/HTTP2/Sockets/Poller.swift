import CNGHTTP2
import Glibc

/// Waits for sockets, and can be woken by any thread.
///
/// Unchecked: the descriptors never change, and the system's calls on them are thread-safe.
final class Poller: @unchecked Sendable {
    /// A socket that can be read or written, or that has failed, which reading or writing will tell.
    struct Readiness {
        let token: UInt64
        let canRead: Bool
        let canWrite: Bool
    }

    private static let wakeToken = UInt64.max
    private let descriptor: Int32
    private let wakeDescriptor: Int32

    init() throws(HTTP2Error) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0, wakeDescriptor >= 0 else {
            throw .systemFailed(reason: String(cString: strerror(errno)))
        }
        control(EPOLL_CTL_ADD, wakeDescriptor, Self.wakeToken, EPOLLIN.rawValue)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if wakeDescriptor >= 0 { close(wakeDescriptor) }
    }

    /// Ends the wait that runs, or the next one; from any thread.
    func wake() {
        eventfd_write(wakeDescriptor, 1)
    }

    func add(_ socket: Socket, token: UInt64, forWriting: Bool) {
        control(EPOLL_CTL_ADD, socket.descriptor, token, Self.interest(forWriting))
    }

    func change(_ socket: Socket, token: UInt64, forWriting: Bool) {
        control(EPOLL_CTL_MOD, socket.descriptor, token, Self.interest(forWriting))
    }

    func remove(_ socket: Socket) {
        control(EPOLL_CTL_DEL, socket.descriptor, 0, 0)
    }

    /// Waits until something is ready, a wake-up, or so many milliseconds.
    func wait(milliseconds: Int32) -> [Readiness] {
        withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
            let count = epoll_wait(descriptor, events.baseAddress, Int32(events.count), milliseconds)
            // Interrupted by a signal, it is asked again.
            guard count > 0 else { return [] }
            return events.prefix(Int(count)).compactMap { event in
                guard event.data.u64 != Self.wakeToken else {
                    var value: eventfd_t = 0
                    eventfd_read(wakeDescriptor, &value)
                    return nil
                }
                let failed = event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
                return Readiness(
                    token: event.data.u64, canRead: failed || event.events & EPOLLIN.rawValue != 0,
                    canWrite: failed || event.events & EPOLLOUT.rawValue != 0)
            }
        }
    }

    private static func interest(_ forWriting: Bool) -> UInt32 {
        forWriting ? EPOLLIN.rawValue | EPOLLOUT.rawValue : EPOLLIN.rawValue
    }

    private func control(_ operation: Int32, _ target: Int32, _ token: UInt64, _ events: UInt32) {
        var event = epoll_event(events: events, data: epoll_data_t(u64: token))
        epoll_ctl(descriptor, operation, target, &event)
    }
}
