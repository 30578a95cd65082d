/// A request's body in the pieces in which it comes; while nobody reads, the client is held back.
public struct HTTPBodyStream: AsyncSequence, Sendable {
    /// Reads pieces.
    public struct Iterator: AsyncIteratorProtocol {
        let source: (any BodySource)?

        /// The next piece, nil at the end; throws ``HTTPServerError/bodyInterrupted`` when the client went away.
        public func next() async throws -> [UInt8]? {
            try await source?.nextPiece()
        }
    }

    let source: (any BodySource)?

    /// Makes the reader; a body can be read once.
    public func makeAsyncIterator() -> Iterator {
        Iterator(source: source)
    }
}

/// Where the pieces of a body come from.
protocol BodySource: Sendable {
    func nextPiece() async throws -> [UInt8]?
}
