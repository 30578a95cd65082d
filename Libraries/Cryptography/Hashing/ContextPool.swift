import Synchronization

/// Contexts of OpenSSL that are kept between uses: each serves one caller at a time, and making one is what costs.
final class ContextPool<Context: AnyObject & Sendable>: Sendable {
    private let idle = Mutex<[Context]>([])
    private let make: @Sendable () -> Context

    init(_ make: @escaping @Sendable () -> Context) {
        self.make = make
    }

    /// Lends a context to the body alone.
    func withContext<Result>(_ body: (Context) -> Result) -> Result {
        let context = idle.withLock { $0.popLast() } ?? make()
        defer { idle.withLock { $0.append(context) } }
        return body(context)
    }
}
