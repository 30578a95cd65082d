import Dispatch
import Glibc

/// SIGTERM and SIGINT.
enum StopSignal {
    /// Waits for the first of them.
    static func wait() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        // The default action would end the process before anybody is told.
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        for await _ in stream { break }
        for source in sources { source.cancel() }
    }
}
