/// Bits of deflated data, the lowest of each byte first (RFC 1951 §3.1.1).
struct BitReader {
    private var rest: ArraySlice<UInt8>
    private var held = 0
    private var heldCount = 0

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    mutating func take(_ count: Int) throws(PhoneRefusal) -> Int {
        while heldCount < count {
            guard let byte = rest.popFirst() else { throw .notAPackage("its compressed data ends too early") }
            held |= Int(byte) << heldCount
            heldCount += 8
        }
        defer {
            held >>= count
            heldCount -= count
        }
        return held & (1 << count - 1)
    }

    mutating func alignToByte() {
        held = 0
        heldCount = 0
    }
}
