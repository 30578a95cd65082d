import CZlib

/// Unpacks deflated bytes (RFC 1951).
enum Inflater {
    /// The unpacked bytes; nil when they are not exactly as many as expected, or the input is no whole stream.
    static func inflate(_ input: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
        var stream = z_stream()
        guard
            inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK,
            let inputCount = UInt32(exactly: input.count), let outputCount = UInt32(exactly: size + 1)
        else { return nil }
        defer { inflateEnd(&stream) }
        // A byte more than expected, so that a stream that goes on is found out, and an empty one has a buffer.
        var isWhole = false
        let output = [UInt8](unsafeUninitializedCapacity: size + 1) { output, count in
            count = input.withUnsafeBufferPointer { input in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = inputCount
                stream.next_out = output.baseAddress
                stream.avail_out = outputCount
                isWhole = CZlib.inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0
                return Int(outputCount - stream.avail_out)
            }
        }
        return isWhole && output.count == size ? output : nil
    }
}
