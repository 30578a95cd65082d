import CPostgres
import Glibc

/// Interrupts a thread that waits in `poll`.
final class WakeUp: Sendable {
    /// Negative when the process has no descriptor left; `wait` then looks around every few milliseconds.
    private let descriptor: Int32

    init() {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func signal() {
        var one: UInt64 = 1
        // A full counter is a signal too.
        _ = write(descriptor, &one, 8)
    }

    /// What ended a wait.
    struct Events {
        var isSocketReady = false
        var isSignalled = false
    }

    /// Waits for the socket (none if negative), a signal, or the time; nil waits without an end.
    func wait(socket: Int32, for interest: Int32, milliseconds: Int64?) -> Events {
        var descriptors = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket, events: Int16(interest), revents: 0),
        ]
        let limit = descriptor < 0 ? min(milliseconds ?? 10, 10) : milliseconds ?? -1
        let count = poll(&descriptors, 2, Int32(clamping: limit))
        guard count > 0 else { return Events(isSignalled: descriptor < 0) }
        let isSignalled = descriptors[0].revents != 0
        if isSignalled {
            var counter: UInt64 = 0
            _ = read(descriptor, &counter, 8)
        }
        return Events(isSocketReady: descriptors[1].revents != 0, isSignalled: isSignalled)
    }
}
