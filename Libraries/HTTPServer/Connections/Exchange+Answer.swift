import CMicroHTTPD
import Glibc
import HTTPTypes
import Synchronization

extension Exchange {
    /// The longest answer that is written past the library, while it still expects the body.
    private static let maximumDirectBytes = 16_384

    /// Takes the route's answer; the first one counts.
    func answer(_ response: HTTPResponse) {
        state.withLock { state in
            state.task = nil
            guard !state.isOver, state.answer == nil else { return }
            state.answer = response
            // The library takes no answer in the middle of a body. Until the first bytes came it may still have to
            // send "100 Continue"; then the answer waits for them.
            if !state.hasBodyEnded, state.received > 0, writeAnswer(&state) {
                connection.setDeadline(MonotonicTime.now.adding(.seconds(1)))
            }
            resume(&state)
        }
    }

    /// Gives the answer to the library.
    func send(_ response: HTTPResponse) -> MHD_Result {
        if response.isAbandoned {
            connection.cutOff()
            return .NO
        }
        let final = finalized(response, closes: core.isStopping.load(ordering: .relaxed))
        state.withLock {
            $0.answer = final
            $0.isAnswered = true
        }
        connection.setDeadline(core.deadline(forBytes: final.body.count))
        return handle.queue(final, isHead: head.method == .head)
    }

    /// Writes the answer to the socket and ends the request; false when it is too long for that.
    func writeAnswer(_ state: inout State) -> Bool {
        guard let response = state.answer, !state.isAnswered else { return state.isCutShort }
        if response.isAbandoned {
            connection.cutOff()
            state.isCutShort = true
            return true
        }
        let content: [UInt8]
        switch response.body {
        case .empty: content = []
        case .bytes(let bytes): content = bytes
        case .shared(let bytes): content = bytes.bytes
        case .file: return false
        }
        guard content.count <= Self.maximumDirectBytes else { return false }
        let final = finalized(response, closes: true)
        var text = "HTTP/1.1 \(final.status)\r\nDate: \(Instant.now().httpDate)\r\n"
        for field in final.headers where !field.isNamed("Content-Length") {
            text += "\(field.name): \(field.value)\r\n"
        }
        let bytes = Array("\(text)Content-Length: \(content.count)\r\n\r\n".utf8) + content
        // The answer before this one is long gone, so the socket's buffer has room for one as short as this.
        _ = Glibc.send(connection.socket, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        state.isAnswered = true
        state.isCutShort = true
        return true
    }

    private func finalized(_ response: HTTPResponse, closes: Bool) -> HTTPResponse {
        var response = response
        response.headers["X-Request-Id"] = head.requestID
        response.headers["X-Content-Type-Options"] = "nosniff"
        if closes { response.headers["Connection"] = "close" }
        return response
    }
}
