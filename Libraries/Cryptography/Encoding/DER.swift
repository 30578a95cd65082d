/// The distinguished encoding (X.690) of the few types that we write ourselves.
enum DER {
    static let null: [UInt8] = [0x05, 0x00]

    /// Tag and length of a value that follows elsewhere.
    static func header(_ tag: UInt8, length: Int) -> [UInt8] {
        guard length >= 0x80 else { return [tag, UInt8(length)] }
        var octets: [UInt8] = []
        var rest = length
        while rest > 0 {
            octets.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        return [tag, 0x80 | UInt8(octets.count)] + octets
    }

    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        header(tag, length: content.count) + content
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] {
        value(0x30, parts.flatMap(\.self))
    }

    /// A SET OF, its members in the order that X.690 §11.6 asks for.
    static func set(_ members: [[UInt8]], tag: UInt8 = 0x31) -> [UInt8] {
        value(tag, members.sorted { $0.lexicographicallyPrecedes($1) }.flatMap(\.self))
    }

    /// A small non-negative integer.
    static func integer(_ number: UInt8) -> [UInt8] {
        value(0x02, number < 0x80 ? [number] : [0, number])
    }

    static func octetString(_ bytes: [UInt8]) -> [UInt8] {
        value(0x04, bytes)
    }

    /// A string of whole bytes.
    static func bitString(_ bytes: [UInt8]) -> [UInt8] {
        value(0x03, [0] + bytes)
    }

    static func utf8String(_ text: String) -> [UInt8] {
        value(0x0C, Array(text.utf8))
    }

    static func ia5String(_ text: String) -> [UInt8] {
        value(0x16, Array(text.utf8))
    }

    static func printableString(_ text: String) -> [UInt8] {
        value(0x13, Array(text.utf8))
    }

    /// An identifier from the numbers of its arcs.
    static func objectIdentifier(_ arcs: UInt...) -> [UInt8] {
        var content: [UInt8] = []
        for number in [arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2) {
            var groups = [UInt8(number & 0x7F)]
            var rest = number >> 7
            while rest > 0 {
                groups.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
                rest >>= 7
            }
            content += groups
        }
        return value(0x06, content)
    }

    /// An instant in UTC: UTCTime until 2049, GeneralizedTime after (RFC 5652 §11.3).
    static func time(_ secondsSince1970: Int) -> [UInt8] {
        let moment = CivilTime(secondsSince1970: secondsSince1970)
        let tail = [moment.month, moment.day, moment.hour, moment.minute, moment.second]
            .flatMap { digits($0, count: 2) }
        if (1950..<2050).contains(moment.year) {
            return value(0x17, digits(moment.year % 100, count: 2) + tail + [UInt8(ascii: "Z")])
        }
        return value(0x18, digits(moment.year, count: 4) + tail + [UInt8(ascii: "Z")])
    }

    private static func digits(_ number: Int, count: Int) -> [UInt8] {
        var digits: [UInt8] = []
        var rest = number
        for _ in 0..<count {
            digits.insert(UInt8(ascii: "0") + UInt8(rest % 10), at: 0)
            rest /= 10
        }
        return digits
    }
}
