import Dispatch
import Glibc

/// Ctrl-C and SIGTERM: what runs is cancelled and takes its processes and files down with it; the second one ends at once.
enum Interruption {
    /// Runs a body that the first signal cancels.
    static func ending<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
        let task = Task { try await body() }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if task.isCancelled { _exit(130) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await task.value
    }
}
