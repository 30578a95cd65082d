import Foundation
import Glibc
import Support

/// A forwarder in front of a database that can stop forwarding, as a network does that loses every packet.
final class PausingProxy: Sendable {
    /// The owner of push-sender's schema, through the forwarder.
    let url: String
    private let process: ChildProcess
    private let directory: TestDirectory

    init(to database: TestDatabase) async throws {
        directory = try TestDirectory()
        process = try await ChildProcess.start(
            ["python3", "-c", Self.script, String(database.port)], outputTo: directory.path("output"))
        let deadline = ContinuousClock.now + .seconds(30)
        var line = ""
        while !line.hasSuffix("\n"), ContinuousClock.now < deadline {
            // Before the first word there is no file.
            line = String(decoding: (try? directory.bytes("output")) ?? [], as: UTF8.self)
            try await Task.sleep(for: .milliseconds(5))
        }
        let port = line.filter(\.isNumber)
        url = database.ownerURL(for: .pushSender).replacing(":\(database.port)/", with: ":\(port)/")
    }

    deinit {
        process.send(SIGKILL)
    }

    func pause() {
        process.send(SIGSTOP)
    }

    func resume() {
        process.send(SIGCONT)
    }

    private static let script = #"""
        import socket, sys, threading
        listener = socket.create_server(("127.0.0.1", 0))
        print(listener.getsockname()[1], flush=True)
        def copy(source, target):
            try:
                while data := source.recv(65536): target.sendall(data)
                target.shutdown(socket.SHUT_WR)
            except OSError: pass
        while True:
            client, _ = listener.accept()
            server = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
            for pair in ((client, server), (server, client)):
                threading.Thread(target=copy, args=pair, daemon=True).start()
        """#
}
