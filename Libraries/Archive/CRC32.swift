import Bytes
import CZlib

/// The checksum of ZIP and PNG (ISO 3309).
public enum CRC32 {
    /// The checksum of bytes.
    public static func checksum(_ bytes: [UInt8]) -> UInt32 {
        UInt32(truncatingIfNeeded: crc32_z(0, bytes, bytes.count))
    }

    /// The checksum of bytes.
    public static func checksum(_ bytes: SharedBytes) -> UInt32 {
        let start = bytes.memory.assumingMemoryBound(to: UInt8.self).baseAddress
        return UInt32(truncatingIfNeeded: crc32_z(0, start, bytes.count))
    }
}
