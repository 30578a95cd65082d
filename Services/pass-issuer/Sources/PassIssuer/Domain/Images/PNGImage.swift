import Archive

/// A PNG picture that has been looked through: whole, with its size (PNG specification, third edition).
struct PNGImage: Hashable, Sendable {
    /// The largest file that is taken, in bytes.
    static let maximumBytes = 1 << 20

    /// The width in pixels.
    let width: Int
    /// The height in pixels.
    let height: Int

    /// Looks through a file; refuses what phones would not draw.
    init(checking bytes: [UInt8]) throws(ImageFault) {
        guard bytes.count <= Self.maximumBytes else { throw .tooManyBytes(bytes.count) }
        guard bytes.starts(with: Self.signature) else { throw .notPNG }
        var reader = Reader(bytes: bytes, index: Self.signature.count)
        let header = try reader.chunk()
        guard header.type == Chunk.header, header.content.count == 13 else {
            throw .malformed("it does not begin with IHDR")
        }
        (width, height) = try Self.size(header.content, in: bytes)
        var hasPixels = false
        while true {
            let chunk = try reader.chunk()
            if chunk.type == Chunk.pixels { hasPixels = true }
            if chunk.type == Chunk.end { break }
        }
        guard hasPixels else { throw .malformed("it has no IDAT, so no pixels") }
    }

    /// The size that a picture says it has, when it begins as a PNG does; the rest is not looked at.
    static func size(of bytes: [UInt8]) -> PNGImage? {
        guard bytes.starts(with: signature), bytes.count >= 33, Array(bytes[12..<16]) == Chunk.header else {
            return nil
        }
        let (width, height) = (Reader.number(bytes, 16), Reader.number(bytes, 20))
        guard 1...0x7FFF_FFFF ~= width, 1...0x7FFF_FFFF ~= height else { return nil }
        return PNGImage(width: width, height: height)
    }

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private enum Chunk {
        static let header = Array("IHDR".utf8)
        static let pixels = Array("IDAT".utf8)
        static let end = Array("IEND".utf8)
    }

    private static func size(_ content: Range<Int>, in bytes: [UInt8]) throws(ImageFault) -> (Int, Int) {
        let width = Reader.number(bytes, content.lowerBound)
        let height = Reader.number(bytes, content.lowerBound + 4)
        guard 1...0x7FFF_FFFF ~= width, 1...0x7FFF_FFFF ~= height else { throw .malformed("it has no pixels") }
        let depth = bytes[content.lowerBound + 8]
        let depths: [UInt8] =
            switch bytes[content.lowerBound + 9] {
            case 0: [1, 2, 4, 8, 16]
            case 3: [1, 2, 4, 8]
            case 2, 4, 6: [8, 16]
            default: []
            }
        guard depths.contains(depth) else { throw .malformed("its colour type and bit depth do not exist") }
        return (width, height)
    }

    private struct Reader {
        let bytes: [UInt8]
        var index: Int

        /// The next chunk: length, type, content, checksum over type and content.
        mutating func chunk() throws(ImageFault) -> (type: [UInt8], content: Range<Int>) {
            guard index + 12 <= bytes.count else { throw .truncated }
            let length = Self.number(bytes, index)
            let start = index + 8
            guard length <= bytes.count - start - 4 else { throw .truncated }
            let end = start + length
            let type = Array(bytes[(index + 4)..<start])
            let checksum = CRC32.checksum(Array(bytes[(index + 4)..<end]))
            guard Self.number(bytes, end) == Int(checksum) else {
                throw .malformed("the checksum of its \(Self.name(type)) is wrong")
            }
            index = end + 4
            return (type, start..<end)
        }

        static func number(_ bytes: [UInt8], _ index: Int) -> Int {
            bytes[index..<(index + 4)].reduce(0) { $0 << 8 | Int($1) }
        }

        /// A type is four letters; anything else is not shown.
        private static func name(_ type: [UInt8]) -> String {
            let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
            return type.allSatisfy { letters ~= $0 | 0x20 } ? String(decoding: type, as: UTF8.self) : "chunk"
        }
    }
}
