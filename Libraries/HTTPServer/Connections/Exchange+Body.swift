import CMicroHTTPD
import HTTPTypes
import Synchronization

extension Exchange {
    /// Bytes of a streamed body that wait to be read before the client is held back.
    private static let highWater = 262_144
    /// Bytes that may still wait when the client may go on.
    private static let lowWater = 65_536

    private enum Step {
        case goOn
        case deliver(CheckedContinuation<[UInt8]?, any Error>, [UInt8])
        case close
        case tooLarge
    }

    /// Takes a part of the body in.
    func receive(_ bytes: UnsafeRawBufferPointer) -> MHD_Result {
        connection.extendDeadline(nanoseconds: core.transferTime(of: bytes.count))
        switch state.withLock({ take(bytes, &$0) }) {
        case .goOn: return .YES
        case .close: return .NO
        case .deliver(let reader, let piece):
            reader.resume(returning: piece)
            return .YES
        case .tooLarge:
            refuseRest()
            return .NO
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer, _ state: inout State) -> Step {
        guard !state.isCutShort, case .serve(let route) = admission.decision else { return .close }
        state.received += bytes.count
        if let limit = route.body.limit, state.received > limit { return .tooLarge }
        switch route.body {
        case .none: break
        case .collected:
            if state.body.isEmpty { state.body.reserveCapacity(min(admission.contentLength ?? 0, 1 << 20)) }
            state.body += bytes
        case .streamed:
            if state.answer != nil { return writeAnswer(&state) ? .close : .goOn }
            if let reader = state.reader.take() { return .deliver(reader, [UInt8](bytes)) }
            state.pieces.append(bytes)
            if state.pieces.byteCount >= Self.highWater { suspend(&state) }
        }
        return .goOn
    }

    /// The body is longer than allowed: answers at once, and the rest is never read.
    private func refuseRest() {
        let limit: Int
        if case .serve(let route) = admission.decision { limit = route.body.limit ?? 0 } else { limit = 0 }
        let answer = core.render(
            Problem(.contentTooLarge, "The body may have at most \(limit) bytes."), for: head)
        let (reader, task) = state.withLock { state in
            state.answer = answer
            _ = writeAnswer(&state)
            return (state.reader.take(), state.task)
        }
        task?.cancel()
        reader?.resume(throwing: HTTPServerError.bodyInterrupted)
    }
}

extension Exchange: BodySource {
    /// The next piece of the body for the route.
    func nextPiece() async throws -> [UInt8]? {
        try await withCheckedThrowingContinuation { continuation in
            let result: Result<[UInt8]?, any Error>? = state.withLock { state in
                if let piece = state.pieces.popFirst() {
                    if !state.hasBodyEnded, state.pieces.byteCount <= Self.lowWater { resume(&state) }
                    return .success(piece)
                }
                if state.hasBodyEnded { return .success(nil) }
                if state.isOver || state.answer != nil { return .failure(HTTPServerError.bodyInterrupted) }
                state.reader = continuation
                return nil
            }
            if let result { continuation.resume(with: result) }
        }
    }
}
