import Glibc

/// Looks a name up on a thread of its own, since the system's resolver blocks.
enum Resolver {
    typealias Outcome = Result<[SocketAddress], ResolverFailure>

    private final class Work: Sendable {
        let host: String
        let port: Int
        let completion: @Sendable (Outcome) -> Void

        init(host: String, port: Int, completion: @escaping @Sendable (Outcome) -> Void) {
            self.host = host
            self.port = port
            self.completion = completion
        }
    }

    /// Calls the completion from that thread.
    static func resolve(_ host: String, port: Int, completion: @escaping @Sendable (Outcome) -> Void) {
        let work = Unmanaged.passRetained(Work(host: host, port: port, completion: completion))
        let isStarted = DetachedThread.start(work.toOpaque()) { context in
            guard let context else { return nil }
            let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
            work.completion(SocketAddress.resolve(work.host, port: work.port))
            return nil
        }
        if !isStarted {
            work.takeRetainedValue().completion(.failure(ResolverFailure(reason: "no thread to look it up")))
        }
    }
}
