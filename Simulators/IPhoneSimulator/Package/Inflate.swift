/// Decompression of the deflate format (RFC 1951), for packages that other tools made.
enum Inflate {
    /// The decompressed bytes, which must be exactly `size`.
    static func decompress(_ input: ArraySlice<UInt8>, size: Int) throws(PhoneRefusal) -> [UInt8] {
        var bits = BitReader(input)
        var output: [UInt8] = []
        var isLast = false
        while !isLast {
            isLast = try bits.take(1) == 1
            switch try bits.take(2) {
            case 0: try copyStored(&bits, to: &output, size: size)
            case 1: try expand(&bits, .fixedLiterals, .fixedDistances, to: &output, size: size)
            case 2:
                let (literals, distances) = try dynamicTables(&bits)
                try expand(&bits, literals, distances, to: &output, size: size)
            default: throw damaged
            }
        }
        guard output.count == size else { throw damaged }
        return output
    }

    private static var damaged: PhoneRefusal { .notAPackage("its compressed data is damaged") }

    private static func copyStored(_ bits: inout BitReader, to output: inout [UInt8], size: Int) throws(PhoneRefusal) {
        bits.alignToByte()
        let length = try bits.take(16)
        guard try bits.take(16) == ~length & 0xFFFF, output.count + length <= size else { throw damaged }
        for _ in 0..<length { output.append(UInt8(try bits.take(8))) }
    }

    // RFC 1951 §3.2.5: the first length or distance of each code, and how many extra bits follow it.
    private static let lengths = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distances = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145,
        8193, 12289, 16385, 24577,
    ]
    private static let distanceBits = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]

    private static func expand(
        _ bits: inout BitReader, _ literalTable: HuffmanTable, _ distanceTable: HuffmanTable, to output: inout [UInt8],
        size: Int
    ) throws(PhoneRefusal) {
        while true {
            let symbol = try literalTable.next(&bits)
            guard symbol != 256 else { return }
            guard symbol > 256 else {
                guard output.count < size else { throw damaged }
                output.append(UInt8(symbol))
                continue
            }
            guard symbol - 257 < lengths.count else { throw damaged }
            let length = try lengths[symbol - 257] + bits.take(lengthBits[symbol - 257])
            let code = try distanceTable.next(&bits)
            guard code < distances.count else { throw damaged }
            let distance = try distances[code] + bits.take(distanceBits[code])
            guard distance <= output.count, output.count + length <= size else { throw damaged }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private static func dynamicTables(_ bits: inout BitReader) throws(PhoneRefusal) -> (HuffmanTable, HuffmanTable) {
        let literalCount = try bits.take(5) + 257
        let distanceCount = try bits.take(5) + 1
        let codeCount = try bits.take(4) + 4
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        var codeLengths = [Int](repeating: 0, count: 19)
        for index in 0..<codeCount { codeLengths[order[index]] = try bits.take(3) }
        let codes = HuffmanTable(lengths: codeLengths)
        var all: [Int] = []
        while all.count < literalCount + distanceCount {
            switch try codes.next(&bits) {
            case let length where length < 16: all.append(length)
            case 16:
                guard let last = all.last else { throw damaged }
                all += [Int](repeating: last, count: 3 + (try bits.take(2)))
            case 17: all += [Int](repeating: 0, count: 3 + (try bits.take(3)))
            default: all += [Int](repeating: 0, count: 11 + (try bits.take(7)))
            }
        }
        guard all.count == literalCount + distanceCount else { throw damaged }
        return (HuffmanTable(lengths: Array(all[..<literalCount])), HuffmanTable(lengths: Array(all[literalCount...])))
    }
}
