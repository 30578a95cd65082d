extension JSONValue {
    /// The value as compact JSON, keys in the order of their UTF-8 bytes, slashes unescaped.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter(indentation: nil)
        writer.write(self)
        return writer.bytes
    }

    /// The value as JSON for people, indented by two spaces, with a newline at its end.
    public func serializedPretty() -> [UInt8] {
        var writer = JSONWriter(indentation: 2)
        writer.write(self)
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as compact JSON.
    public var description: String {
        String(decoding: serialized(), as: UTF8.self)
    }
}
