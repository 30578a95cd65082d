import Glibc
import HTTPTypes

extension Metrics {
    /// Adds what the kernel knows of this process.
    func addProcess(startedAt: Instant) {
        let start = Double(startedAt.microseconds) / 1_000_000
        reading("process_start_time_seconds", help: "When the process started, in seconds since 1970.") { start }
        reading("process_resident_memory_bytes", help: "Resident memory in bytes.", ProcessFacts.residentBytes)
        reading("process_open_fds", help: "Open file descriptors.", ProcessFacts.openFiles)
        reading(
            "process_cpu_seconds_total", help: "User and system time in seconds.", isCounter: true,
            ProcessFacts.processorSeconds)
    }
}

/// What `/proc` and `getrusage` say of this process.
private enum ProcessFacts {
    @Sendable static func residentBytes() -> Double {
        let fields = contents(of: "/proc/self/statm").split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else { return 0 }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }

    @Sendable static func openFiles() -> Double {
        guard let directory = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(directory) }
        var count = 0.0
        while let entry = readdir(directory) {
            if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) { count += 1 }
        }
        // Without the one that counts.
        return count - 1
    }

    @Sendable static func processorSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1_000_000 }
    }

    private static func contents(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = read(descriptor, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
}
