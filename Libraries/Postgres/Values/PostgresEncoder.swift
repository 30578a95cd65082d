/// Collects the binary forms of bound values in one buffer.
public struct PostgresEncoder: Sendable {
    var bytes: [UInt8] = []
    var isNull = false

    /// Appends bytes as they are.
    public mutating func append(_ more: some Sequence<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// Appends an integer in network order.
    public mutating func append<I: FixedWidthInteger>(_ integer: I) {
        withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Makes the value that is being encoded NULL.
    public mutating func setNull() {
        isNull = true
    }

    /// Appends one element of an array: its length, -1 for NULL, and its bytes.
    mutating func appendElement(_ value: some PostgresEncodable) -> Bool {
        let start = bytes.count
        append(Int32(0))
        let length = appendValue(value)
        withUnsafeBytes(of: Int32(length ?? -1).bigEndian) { bytes.replaceSubrange(start..<start + 4, with: $0) }
        return length == nil
    }

    /// Appends one value and returns its length, nil for NULL.
    mutating func appendValue(_ value: some PostgresEncodable) -> Int? {
        let start = bytes.count
        value.encode(to: &self)
        guard isNull else { return bytes.count - start }
        isNull = false
        bytes.removeSubrange(start...)
        return nil
    }
}
