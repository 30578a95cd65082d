import Synchronization

/// The id by which one request is found in all logs.
enum RequestID {
    /// The request's own id when it is 1–64 characters of `[A-Za-z0-9._-]`, else a new one.
    static func choose(_ given: String?) -> String {
        if let given, (1...64).contains(given.utf8.count), given.utf8.allSatisfy(isAllowed) { return given }
        return make()
    }

    /// What the ids of this process begin with.
    private static let process = UInt64.random(in: .min ... .max)
    private static let first = UInt64.random(in: .min ... .max)
    private static let count = Atomic<UInt64>(0)

    /// A new id of 32 hexadecimal digits.
    static func make() -> String {
        let number = count.wrappingAdd(1, ordering: .relaxed).oldValue
        // An odd factor: no two requests get the same product, and ids that follow each other do not look alike.
        let request = first &+ number &* 0x9E37_79B9_7F4A_7C15
        return String(unsafeUninitializedCapacity: 32) { text in
            for index in 0..<16 {
                let shift = 60 - 4 * index
                text[index] = digit(process >> shift & 15)
                text[16 + index] = digit(request >> shift & 15)
            }
            return 32
        }
    }

    private static func digit(_ value: UInt64) -> UInt8 {
        UInt8(value) + (value < 10 ? 0x30 : 0x57)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }
}
