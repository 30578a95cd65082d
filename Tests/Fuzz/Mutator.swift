/// Changes inputs at random, the same for the same seed.
struct Mutator: RandomNumberGenerator {
    private var state: UInt64

    /// No input grows beyond this, in bytes.
    static let maximumBytes = 256 << 10
    /// Texts that readers treat in a special way.
    private static let words = [
        "PK\u{3}\u{4}", "PK\u{1}\u{2}", "PK\u{5}\u{6}", "{{", "}}", "{{contact.a}}", "\"", "\\u0000", "\\ud800", "null",
        "[", "{", "}",
        "1e999", "-0", "%2F", "%00", "../", "//", ".pkpass", "=", "IHDR", "IDAT", "-----BEGIN CERTIFICATE-----\n",
        "\u{30}\u{82}",
    ].map { Array($0.utf8) }
    private static let numbers: [[UInt8]] = [
        [0, 0, 0, 0], [255, 255, 255, 255], [255, 255, 255, 127], [127, 255, 255, 255], [0, 0, 0, 128], [128, 0, 0, 0],
        [255, 255], [0, 0], [1, 0], [0, 1],
    ]

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A number below a limit, 0 when there is none.
    mutating func below(_ limit: Int) -> Int {
        limit > 0 ? Int(next() % UInt64(limit)) : 0
    }

    /// An input made of another, with one change or a few.
    /// - Parameter other: an input of which pieces may be taken.
    mutating func mutate(_ input: [UInt8], with other: [UInt8]) -> [UInt8] {
        var bytes = input
        for _ in 0...below(5) { change(&bytes, other) }
        return bytes.count > Self.maximumBytes ? Array(bytes.prefix(Self.maximumBytes)) : bytes
    }

    private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
        switch below(10) {
        case 0, 1:
            if !bytes.isEmpty { bytes[below(bytes.count)] = UInt8(truncatingIfNeeded: next()) }
        case 2:
            if !bytes.isEmpty { bytes[below(bytes.count)] ^= 1 << UInt8(below(8)) }
        case 3: bytes.removeSubrange(range(of: bytes, upTo: 64))
        case 4: bytes.removeLast(below(bytes.count))
        case 5: bytes.insert(contentsOf: Self.words[below(Self.words.count)], at: below(bytes.count + 1))
        case 6: overwrite(&bytes, with: Self.numbers[below(Self.numbers.count)])
        case 7: bytes.insert(contentsOf: bytes[range(of: bytes, upTo: 256)], at: below(bytes.count + 1))
        case 8: bytes.replaceSubrange(range(of: bytes, upTo: 256), with: other[range(of: other, upTo: 256)])
        default: overwrite(&bytes, with: Array(other[range(of: other, upTo: 16)]))
        }
    }

    private mutating func overwrite(_ bytes: inout [UInt8], with piece: [UInt8]) {
        guard piece.count <= bytes.count else { return }
        let start = below(bytes.count - piece.count + 1)
        bytes.replaceSubrange(start..<start + piece.count, with: piece)
    }

    private mutating func range(of bytes: [UInt8], upTo length: Int) -> Range<Int> {
        let start = below(bytes.count)
        return start..<min(bytes.count, start + 1 + below(length))
    }
}
