import Foundation
import Support

/// The clocks of services, each of which can be wrong by itself: libfaketime of Debian, preloaded, reads how much from a file.
struct Clocks: Sendable {
    private let directory: TestDirectory

    /// Whether clocks can be wrong here.
    let areThere: Bool

    /// Gives services their clocks, which are right at first; without services no clock can be wrong.
    init(_ services: [ServiceProcess]) throws {
        directory = try TestDirectory()
        // It leaves files behind in /dev/shm, which has to be the run's own.
        let library = services.isEmpty ? nil : try Self.findLibrary()
        areThere = library != nil
        guard let library else { return }
        for service in services {
            try set(service, "+0")
            service.change([
                "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": directory.path(service.name),
                // A step does not touch the monotonic clock, nor what the kernel says of files.
                "DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1", "FAKETIME_CACHE_DURATION": "1",
            ])
        }
    }

    /// Puts a service's clock ahead, or back, by seconds.
    func put(_ service: ServiceProcess, aheadBy seconds: Int) throws {
        try set(service, seconds < 0 ? "\(seconds)" : "+\(seconds)")
    }

    private func set(_ service: ServiceProcess, _ text: String) throws {
        // In one step, so that nobody reads half of it.
        try Data(text.utf8).write(to: URL(fileURLWithPath: directory.path(service.name)), options: .atomic)
    }

    private static func findLibrary() throws -> String? {
        let folders = try FileManager.default.contentsOfDirectory(atPath: "/usr/lib").filter {
            $0.contains("linux-gnu")
        }
        return folders.map { "/usr/lib/\($0)/faketime/libfaketimeMT.so.1" }.first {
            FileManager.default.fileExists(atPath: $0)
        }
    }
}
