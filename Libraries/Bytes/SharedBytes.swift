/// Bytes at one place in memory for as long as anyone holds them, so that nobody has to copy them: a picture that is sent
/// many times, a package on its way from its making to the network.
///
/// Unchecked: the memory is written before the value exists and never again.
public final class SharedBytes: @unchecked Sendable {
    /// Where the bytes are.
    public let memory: UnsafeRawBufferPointer

    /// Copies the bytes, this once.
    public convenience init(_ bytes: [UInt8]) {
        self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
    }

    /// Copies parts, one behind the other.
    public convenience init(joining parts: SharedBytes...) {
        self.init(count: parts.reduce(0) { $0 + $1.count }) { memory in
            var start = 0
            for part in parts {
                UnsafeMutableRawBufferPointer(rebasing: memory[start...]).copyMemory(from: part.memory)
                start += part.count
            }
        }
    }

    /// Has the bytes written where they stay.
    /// - Parameters:
    ///   - count: how many bytes there are.
    ///   - write: writes each of them; the memory holds anything before.
    public init(count: Int, writing write: (UnsafeMutableRawBufferPointer) -> Void) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        write(memory)
        self.memory = UnsafeRawBufferPointer(memory)
    }

    deinit {
        memory.deallocate()
    }

    /// How many bytes there are.
    public var count: Int { memory.count }

    /// The bytes as an array of their own.
    public var bytes: [UInt8] { [UInt8](memory) }
}
