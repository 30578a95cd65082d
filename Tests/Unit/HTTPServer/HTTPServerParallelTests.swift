import HTTPServer
import HTTPTypes
import Testing

@Suite struct HTTPServerParallelTests {
    @Test("serves 200 connections at once, with one thread and with several", arguments: [1, 3])
    func servesManyConnections(threads: Int) async throws {
        let gate = Gate()
        var routes = Routes()
        routes.on(.post, "/{n}", body: .collected(limit: 1_000)) { request in
            await gate.wait()
            return .text("\(request.parameters["n"] ?? "") \(String(decoding: request.body, as: UTF8.self))")
        }
        try await RunningServer.serving(routes, HTTPServerConfiguration(threads: threads)) { server in
            let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for index in 0..<200 {
                    group.addTask {
                        let answer = try await server.client {
                            try $0.request("POST", "/\(index)", body: Array("body \(index)".utf8))
                        }
                        return (index, answer.text)
                    }
                }
                // All are inside at the same time before the first is answered.
                #expect(await eventually { gate.arrivals == 200 })
                #expect(server.server.openConnections == 200)
                gate.open()
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(answers.count == 200)
            #expect(answers.allSatisfy { $1 == "\($0) body \($0)" })
        }
    }
}
