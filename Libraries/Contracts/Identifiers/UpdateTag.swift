/// A reading of a pass type's clock: what Apple's web service calls `lastUpdated` and `passesUpdatedSince`.
public struct UpdateTag: Identifier {
    /// The clock's reading, from 0.
    public let clock: Int64

    /// Takes a reading of the clock; nil when it is negative.
    public init?(clock: Int64) {
        guard clock >= 0 else { return nil }
        self.clock = clock
    }

    /// Takes the tag's text; nil unless it is a number as the registry writes it.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...19, Alphabet.isDigit), let clock = Int64(rawValue),
            String(clock) == rawValue
        else { return nil }
        self.clock = clock
    }

    /// The reading in decimal digits.
    public var rawValue: String { String(clock) }

    /// What such a tag is and consists of.
    public static let rule = "an update tag: a decimal number without leading zeros"

    /// Orders by the clock.
    public static func < (left: UpdateTag, right: UpdateTag) -> Bool {
        left.clock < right.clock
    }
}
