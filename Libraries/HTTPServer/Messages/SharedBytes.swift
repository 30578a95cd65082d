/// Bytes at one place in memory for as long as anyone holds them, such as a picture that is sent many times.
///
/// Unchecked: the memory is written before the value exists and never again.
public final class SharedBytes: @unchecked Sendable {
    let memory: UnsafeMutableRawBufferPointer

    /// Copies the bytes, this once.
    public init(_ bytes: [UInt8]) {
        memory = .allocate(byteCount: max(bytes.count, 1), alignment: 1)
        count = bytes.count
        memory.copyBytes(from: bytes)
    }

    deinit {
        memory.deallocate()
    }

    /// How many bytes there are.
    public let count: Int

    /// The bytes as an array of their own.
    public var bytes: [UInt8] { [UInt8](memory.prefix(count)) }
}
