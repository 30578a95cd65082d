/// A JSON text read as forgivingly as it can be without guessing, for files that people and other programs wrote.
public struct TolerantJSON: Sendable, Hashable {
    /// The content: numbers as they were written, of members with the same key the last.
    public let value: JSONValue
    /// What a strict reader would have refused, each where it stands: byte-order marks, comments, commas before a closing
    /// bracket, repeated keys. The first hundred are told.
    public let repairs: [JSONError]

    /// Reads a text; throws what can't be read without guessing.
    public init(parsing bytes: [UInt8], maximumDepth: Int = 128) throws(JSONError) {
        (value, repairs) = try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            var parser = JSONParser(bytes: buffer, maximumDepth: maximumDepth)
            parser.tolerated = []
            let value = try parser.parseDocument()
            return (value, parser.tolerated ?? [])
        }
    }
}
