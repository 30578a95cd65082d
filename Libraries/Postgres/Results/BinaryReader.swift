/// Reads numbers in network order, never past the end.
struct BinaryReader {
    let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func int32() -> Int32? {
        take(4).map { Int32(bigEndian: $0.loadUnaligned(as: Int32.self)) }
    }

    mutating func int16() -> Int16? {
        take(2).map { Int16(bigEndian: $0.loadUnaligned(as: Int16.self)) }
    }

    mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, count <= bytes.count - offset else { return nil }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }
}
