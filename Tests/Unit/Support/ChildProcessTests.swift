import Foundation
import Glibc
import Support
import Testing

@Suite("Programs that tests start")
struct ChildProcessTests {
    @Test("hold nobody's pipe open: a reader sees its end while they run")
    func inheritsNothing() async throws {
        // Foundation's, which every program started without care inherits.
        let pipe = Pipe()
        let sleeper = try await ChildProcess.start(["sleep", "600"], outputTo: "/dev/null")
        try pipe.fileHandleForWriting.close()
        var poll = pollfd(fd: pipe.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
        let ready = Glibc.poll(&poll, 1, 5_000)
        sleeper.send(SIGKILL)
        await sleeper.wait()
        #expect(ready == 1)
        #expect(poll.revents & Int16(POLLHUP) != 0)
    }
}
