import CZlib

/// The gzip format (RFC 1952).
public enum GZip {
    /// The compressed form of bytes; nil when there is no memory.
    public static func compress(_ bytes: [UInt8], level: Int = 6) -> [UInt8]? {
        var stream = z_stream()
        // 15 bits of window, and 16 for gzip's header and trailer instead of zlib's.
        guard
            deflateInit2_(
                &stream, Int32(level), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        guard let size = UInt32(exactly: bytes.count) else { return nil }
        let bound = deflateBound(&stream, UInt(size))
        var input = bytes
        return input.withUnsafeMutableBufferPointer { source -> [UInt8]? in
            stream.next_in = source.baseAddress
            stream.avail_in = size
            var isWhole = false
            let output = [UInt8](unsafeUninitializedCapacity: Int(bound)) { target, count in
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = Int(stream.total_out)
            }
            return isWhole ? output : nil
        }
    }
}
