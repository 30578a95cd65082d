import Glibc

/// Lets the process hold as many connections as its settings allow.
enum OpenFiles {
    /// Raises the soft limit to the hard one. The soft one is 1,024 for the sake of select(2), which nothing here uses.
    static func raiseLimit() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = min(limit.rlim_max, 1 << 20)
        // Without it the connections above the old limit are refused, as before.
        _ = setrlimit(resource, &limit)
    }
}
