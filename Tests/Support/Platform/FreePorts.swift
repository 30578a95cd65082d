import Glibc
import Synchronization

/// Ports of 127.0.0.1 that nobody listens on.
public enum FreePorts {
    // Below the range that the kernel gives to outgoing connections, so that a service that is started again finds its
    // port free; and away from those that Scripts/postgres takes.
    private static let range = 12_000..<20_000
    private static let taken = Mutex<Set<Int>>([])

    /// A port that no other call of this process was given.
    public static func take() throws -> Int {
        for _ in 0..<200 {
            let port = Int.random(in: range)
            let isNew = taken.withLock { $0.insert(port).inserted }
            if isNew, isFree(port) { return port }
        }
        throw ProgramFailure(description: "no free port")
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
