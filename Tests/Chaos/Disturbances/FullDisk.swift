import Glibc
import Support

/// The file system of PostgreSQL is full to the last byte for a while.
struct FullDisk: Disturbance {
    static let kind = "full disk for PostgreSQL"

    let words: String
    private let disk: String
    private let length: Duration

    init?(on stage: Stage, _ random: inout SeededRandom) {
        length = random.milliseconds(2_000...6_000)
        guard let disk = stage.options.disk else { return nil }
        self.disk = disk
        words = "the disk of PostgreSQL is full for \(length.inWords)"
    }

    func strike(_ stage: Stage) async throws {
        let filler = "\(disk)/filler"
        let descriptor = open(filler, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ProgramFailure(description: "\(filler) can't be made") }
        defer {
            close(descriptor)
            unlink(filler)
        }
        try await hold(descriptor)
        unlink(filler)
        ftruncate(descriptor, 0)
        try await stage.startDatabase()
    }

    /// Takes what is free, again and again: PostgreSQL gives some back when it throws a file away.
    private func hold(_ descriptor: Int32) async throws {
        let end = ContinuousClock.now + length
        var taken: off_t = 0
        while ContinuousClock.now < end {
            var status = statvfs()
            fstatvfs(descriptor, &status)
            let free = off_t(status.f_bavail) * off_t(status.f_frsize)
            if free > 0, posix_fallocate(descriptor, taken, free) == 0 { taken += free }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
