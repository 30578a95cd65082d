import HTTPTypes

/// A request as its parts come.
struct RequestBuilder {
    private(set) var method = ""
    private(set) var path = ""
    private(set) var authority = ""
    private(set) var headers = HTTPHeaders()
    private(set) var body: [UInt8] = []
    private(set) var bodyLength = 0
    private var headerBytes = 0
    private var hasHead = false

    /// False when the fields are longer than allowed.
    mutating func add(
        _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>, maximumBytes: Int
    ) -> Bool {
        headerBytes += name.count + value.count + 32
        guard headerBytes <= maximumBytes else { return false }
        // Trailers, which nobody reads.
        guard !hasHead else { return true }
        let text = String(decoding: value, as: UTF8.self)
        guard name.first == UInt8(ascii: ":") else {
            headers.add(String(decoding: name, as: UTF8.self), text)
            return true
        }
        // The session has checked that each is there once, and no other.
        switch name.count > 1 ? name[1] : 0 {
        case UInt8(ascii: "m"): method = text
        case UInt8(ascii: "p"): path = text
        case UInt8(ascii: "a"): authority = text
        default: break
        }
        return true
    }

    mutating func endHead() {
        hasHead = true
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, maximumBytes: Int) {
        bodyLength += bytes.count
        body.append(contentsOf: bytes.prefix(maximumBytes - body.count))
    }
}
