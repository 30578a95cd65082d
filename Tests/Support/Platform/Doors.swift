import Foundation
import Glibc

/// Addresses that stay while the processes behind them are replaced, as a load balancer's do.
///
/// What is connected stays with its process; whoever comes later is led to the new one.
public final class Doors: Sendable {
    private let process: ChildProcess
    private let directory: TestDirectory

    /// Opens a door at each of these ports; nobody is behind them yet.
    public init(_ ports: [Int]) async throws {
        directory = try TestDirectory()
        process = try await ChildProcess.start(
            ["python3", "-c", Self.script, directory.path("")] + ports.map(String.init),
            outputTo: directory.path("output"))
        let directory = directory
        try await eventually("the doors to open") {
            // Before its first word there is no file.
            String(decoding: (try? directory.bytes("output")) ?? [], as: UTF8.self).contains("open")
        }
    }

    deinit {
        process.send(SIGKILL)
    }

    /// Leads those who come to a door from now on to another port.
    public func lead(_ door: Int, to port: Int) throws {
        let target = try directory.write(Array(String(port).utf8), to: "\(door).new")
        guard rename(target, directory.path(String(door))) == 0 else {
            throw ProgramFailure(description: "rename: error \(errno)")
        }
    }

    private static let script = #"""
        import asyncio, os, sys
        async def copy(reader, writer):
            try:
                while data := await reader.read(65536):
                    writer.write(data)
                    await writer.drain()
                writer.write_eof()
            except OSError: writer.close()
        async def door(number):
            async def enter(reader, writer):
                try:
                    with open(os.path.join(sys.argv[1], number)) as file: port = int(file.read())
                    back, forth = await asyncio.open_connection("127.0.0.1", port)
                except OSError: return writer.close()
                await asyncio.gather(copy(reader, forth), copy(back, writer))
                forth.close(); writer.close()
            return await asyncio.start_server(enter, "127.0.0.1", int(number), backlog=1024)
        async def main():
            servers = [await door(number) for number in sys.argv[2:]]
            print("open", flush=True)
            await asyncio.Event().wait()
        asyncio.run(main())
        """#
}
