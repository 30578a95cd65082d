import COpenSSL

/// Unpredictable bytes from OpenSSL's generator, which the kernel seeds.
public enum SecureRandom {
    /// As many bytes as asked for.
    public static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { output, written in
            let result = RAND_bytes(output.baseAddress, Int32(count))
            precondition(result == 1, "OpenSSL's random generator has no entropy.")
            written = count
        }
    }
}
