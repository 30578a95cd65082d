/// What a value must look like; the tables of Apple's vocabulary are made of these.
indirect enum Shape: Sendable {
    /// Any JSON.
    case anything
    /// Text that obeys a rule.
    case text(TextRule)
    /// Text, and a warning unless it obeys a rule.
    case advisedText(TextRule)
    /// `true` or `false`.
    case boolean
    /// A number in a range.
    case number(ClosedRange<Double>)
    /// A whole number in a range.
    case integer(ClosedRange<Int>)
    /// One of Apple's constants.
    case choice([String])
    /// What a field shows: text or a number.
    case fieldValue
    /// An array, perhaps with a limit.
    case list(Shape, atMost: Int?)
    /// An object with known keys.
    case dictionary(KeyTable)
    /// An object or array with content of the author's own.
    case userInfo
    /// A key that the platform writes itself.
    case ours

    static let text = Shape.text(.any)
    static let date = Shape.text(.date)
    static let number = Shape.number(-.greatestFiniteMagnitude ... .greatestFiniteMagnitude)
    static let texts = Shape.list(.text, atMost: nil)
    static let storeIdentifiers = Shape.list(.integer(1...Int.max), atMost: nil)

    /// What belongs there, for people.
    var expected: String {
        switch self {
        case .anything: "any value"
        case .text(let rule): rule.expected
        case .advisedText: "text"
        case .boolean: "true or false"
        case .number(let range):
            range.upperBound == .greatestFiniteMagnitude
                ? (range.lowerBound == 0 ? "a number that is not negative, without quotes" : "a number, without quotes")
                : "a number from \(Self.plain(range.lowerBound)) to \(Self.plain(range.upperBound)), without quotes"
        case .integer(let range):
            range.upperBound == .max
                ? "a whole number from \(range.lowerBound) on, without quotes"
                : "a whole number from \(range.lowerBound) to \(range.upperBound), without quotes"
        case .choice(let values): values.count == 1 ? values[0] : "one of " + values.joined(separator: ", ")
        case .fieldValue: "text or a number"
        case .list: "an array"
        case .dictionary: "an object"
        case .userInfo: "an object or an array"
        case .ours: "nothing"
        }
    }

    private static func plain(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}
