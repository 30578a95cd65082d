import Dispatch
import Glibc
import Synchronization

/// Ends the process when work that does not heed its cancellation would keep it.
final class StopWatchdog: Sendable {
    private let isStopped = Atomic(false)
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Ends the process after a time, unless it is stopped before.
    func start(_ time: Duration) {
        let milliseconds = Int(time / .milliseconds(1))
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
            guard !isStopped.load(ordering: .sequentiallyConsistent) else { return }
            logger.error("The service did not stop in time.")
            _exit(ExitStatus.failure)
        }
    }

    /// Lets the process go on.
    func stop() {
        isStopped.store(true, ordering: .sequentiallyConsistent)
    }
}
