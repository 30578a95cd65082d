import Glibc

/// A thread that nobody joins.
enum DetachedThread {
    typealias Body = @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?

    /// False when the system has no thread left; the body is not called then.
    static func start(_ context: UnsafeMutableRawPointer, _ body: @escaping Body) -> Bool {
        var thread = pthread_t()
        guard pthread_create(&thread, nil, body, context) == 0 else { return false }
        pthread_detach(thread)
        return true
    }
}
