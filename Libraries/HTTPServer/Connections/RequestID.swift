/// The id by which one request is found in all logs.
enum RequestID {
    /// The request's own id when it is 1–64 characters of `[A-Za-z0-9._-]`, else a new one.
    static func choose(_ given: String?) -> String {
        if let given, (1...64).contains(given.utf8.count), given.utf8.allSatisfy(isAllowed) { return given }
        return make()
    }

    /// A new id of 32 hexadecimal digits.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let random = [generator.next(), generator.next()]
        return String(unsafeUninitializedCapacity: 32) { text in
            for index in 0..<32 { text[index] = digit(UInt8(random[index / 16] >> (index % 16 * 4) & 15)) }
            return 32
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value + (value < 10 ? 0x30 : 0x57)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }
}
