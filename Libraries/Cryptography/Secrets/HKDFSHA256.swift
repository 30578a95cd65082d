/// HKDF with SHA-256 (RFC 5869) for one block of output.
enum HKDFSHA256 {
    /// 32 bytes that are bound to the purpose; the salt may be empty.
    static func derive(key: [UInt8], salt: [UInt8], purpose: [UInt8]) -> [UInt8] {
        let extracted = HMACSHA256(key: salt).authenticate(key)
        return HMACSHA256(key: extracted).authenticate(purpose + [1])
    }
}
