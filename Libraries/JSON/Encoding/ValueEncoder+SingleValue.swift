extension ValueEncoder: SingleValueEncodingContainer {
    func encodeNil() throws { node.set(.null) }
    func encode(_ value: Bool) throws { node.set(.bool(value)) }
    func encode(_ value: String) throws { node.set(.string(value)) }
    func encode(_ value: Double) throws { node.set(.number(try finite(JSONNumber(value), value))) }
    func encode(_ value: Float) throws { node.set(.number(try finite(JSONNumber(value), value))) }
    func encode(_ value: Int) throws { node.set(.number(JSONNumber(value))) }
    func encode(_ value: Int8) throws { node.set(.number(JSONNumber(value))) }
    func encode(_ value: Int16) throws { node.set(.number(JSONNumber(value))) }
    func encode(_ value: Int32) throws { node.set(.number(JSONNumber(value))) }
    func encode(_ value: Int64) throws { node.set(.number(JSONNumber(value))) }
    func encode(_ value: UInt) throws { node.set(.number(JSONNumber(value))) }
    func encode(_ value: UInt8) throws { node.set(.number(JSONNumber(value))) }
    func encode(_ value: UInt16) throws { node.set(.number(JSONNumber(value))) }
    func encode(_ value: UInt32) throws { node.set(.number(JSONNumber(value))) }
    func encode(_ value: UInt64) throws { node.set(.number(JSONNumber(value))) }

    func encode<Value: Encodable>(_ value: Value) throws {
        node.set(try EncodingNode.encode(value, at: path))
    }

    private func finite(_ number: JSONNumber?, _ value: Any) throws -> JSONNumber {
        guard let number else {
            throw EncodingError.invalidValue(
                value, .init(codingPath: codingPath, debugDescription: "JSON has no number that is not finite"))
        }
        return number
    }
}
