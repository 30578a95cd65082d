import HTTPTypes

/// An answer as its parts come.
struct AnswerBuilder {
    private(set) var status = 0
    private var headers = HTTPHeaders()
    private var body: [UInt8] = []
    private var headerBytes = 0
    /// Whether the answer's own head is over, so that further fields are trailers, which nobody reads.
    private var hasHead = false

    var response: HTTP2Response { HTTP2Response(status: status, headers: headers, body: body) }

    /// A head begins: of an interim answer, of the answer, or the trailers.
    mutating func beginHead() {
        guard !hasHead else { return }
        status = 0
        headers = HTTPHeaders()
    }

    /// False when the fields are longer than allowed.
    mutating func add(
        _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>, maximumBytes: Int
    ) -> Bool {
        // As RFC 9113 §6.5.2 counts.
        headerBytes += name.count + value.count + 32
        guard headerBytes <= maximumBytes else { return false }
        if name.first == UInt8(ascii: ":") {
            // The session lets no other pseudo field pass, and this one with three digits alone.
            status = value.reduce(0) { $0 * 10 + Int($1) - 0x30 }
        } else if !hasHead {
            headers.add(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
        }
        return true
    }

    mutating func endHead() {
        hasHead = status >= 200
    }

    /// False when the body is longer than allowed.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, maximumBytes: Int) -> Bool {
        guard bytes.count <= maximumBytes - body.count else { return false }
        body.append(contentsOf: bytes)
        return true
    }
}
