extension JSONValue {
    /// The value as compact JSON, keys in the order of their UTF-8 bytes, slashes unescaped.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter(indentation: nil)
        writer.write(self)
        return writer.bytes
    }

    /// Appends the value as compact JSON to a text that is being put together.
    public func append(to text: inout [UInt8]) {
        var writer = JSONWriter(indentation: nil, appendingTo: text.surrendered())
        writer.write(self)
        text = writer.bytes
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

extension [UInt8] {
    /// The bytes, which their former holder has no longer: appending to them copies nothing.
    fileprivate mutating func surrendered() -> [UInt8] {
        var bytes: [UInt8] = []
        swap(&self, &bytes)
        return bytes
    }
}
