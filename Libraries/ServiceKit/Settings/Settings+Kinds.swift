extension Settings {
    /// Text; required.
    public mutating func string(_ name: String, help: String) -> String {
        value(name, standIn: "", help: help) { text throws(InvalidSetting) in text }
    }

    /// Text.
    public mutating func string(_ name: String, default text: String, help: String) -> String {
        value(name, default: (text, text), standIn: text, help: help) { text throws(InvalidSetting) in text }
    }

    /// Text that may stay away.
    public mutating func optionalString(_ name: String, help: String) -> String? {
        optionalValue(name, help: help) { text throws(InvalidSetting) in text }
    }

    /// A whole number in a range.
    public mutating func integer(
        _ name: String, default number: Int, in range: ClosedRange<Int> = 0...Int.max, help: String
    ) -> Int {
        value(name, default: (number, String(number)), standIn: number, help: help) { text throws(InvalidSetting) in
            try Self.integer(text, in: range)
        }
    }

    /// A whole number in a range that may stay away.
    public mutating func optionalInteger(
        _ name: String, in range: ClosedRange<Int> = 0...Int.max, help: String
    ) -> Int? {
        optionalValue(name, help: help) { text throws(InvalidSetting) in try Self.integer(text, in: range) }
    }

    /// A port.
    public mutating func port(_ name: String, default number: Int, help: String) -> Int {
        integer(name, default: number, in: 0...65_535, help: help)
    }

    /// A number that is not negative.
    public mutating func number(_ name: String, default number: Double, help: String) -> Double {
        value(name, default: (number, "\(number)"), standIn: number, help: help) { text throws(InvalidSetting) in
            guard let number = Double(text), number.isFinite, number >= 0 else {
                throw Self.invalid(text, "is no number of 0 or more", remedy: "give a number such as 20 or 0.5")
            }
            return number
        }
    }

    /// A duration in seconds, as `30` or `0.5`.
    public mutating func duration(
        _ name: String, default duration: Duration, in range: ClosedRange<Duration> = .zero ... .seconds(86_400),
        help: String
    ) -> Duration {
        let standard = Self.seconds(duration)
        return value(name, default: (duration, standard), standIn: duration, help: help) {
            text throws(InvalidSetting) in
            guard let seconds = Double(text), seconds.isFinite, abs(seconds) < 1e9, range.contains(.seconds(seconds))
            else {
                throw Self.invalid(
                    text,
                    "is no number of seconds from \(Self.seconds(range.lowerBound)) to "
                        + Self.seconds(range.upperBound), remedy: "give seconds, such as \(standard)")
            }
            return .seconds(seconds)
        }
    }

    /// `true` or `false`, also `on`/`off`, `yes`/`no`, `1`/`0`.
    public mutating func boolean(_ name: String, default standard: Bool, help: String) -> Bool {
        value(name, default: (standard, "\(standard)"), standIn: standard, help: help) { text throws(InvalidSetting) in
            switch text.lowercased() {
            case "true", "on", "yes", "1": return true
            case "false", "off", "no", "0": return false
            default: throw Self.invalid(text, "is neither true nor false", remedy: "give true or false")
            }
        }
    }

    /// One word of a few.
    public mutating func oneOf<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, default standard: Choice, help: String
    ) -> Choice {
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return value(name, default: (standard, standard.rawValue), standIn: standard, help: "\(help) (\(words))") {
            text throws(InvalidSetting) in
            guard let choice = Choice(rawValue: text) else {
                throw Self.invalid(text, "is none of \(words)", remedy: "give one of them")
            }
            return choice
        }
    }

    /// Texts between commas, without the spaces around them.
    public mutating func list(_ name: String, default items: [String] = [], help: String) -> [String] {
        let standard = items.isEmpty ? "none" : items.joined(separator: ",")
        return value(name, default: (items, standard), standIn: items, help: help) { text throws(InvalidSetting) in
            Self.items(text)
        }
    }

    static func items(_ text: String) -> [String] {
        text.split { $0 == "," || $0 == "\n" || $0 == "\r\n" }
            .map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
    }

    static func integer(_ text: String, in range: ClosedRange<Int>) throws(InvalidSetting) -> Int {
        let remedy =
            range.upperBound == .max
            ? "give a whole number of \(range.lowerBound) or more"
            : "give a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }), let number = Int(text) else {
            throw invalid(text, "is no whole number", remedy: remedy)
        }
        guard range.contains(number) else { throw invalid(text, "is out of range", remedy: remedy) }
        return number
    }

    /// Quotes a value that is no secret.
    static func invalid(_ text: String, _ detail: String, remedy: String) -> InvalidSetting {
        InvalidSetting("'\(LogEscaping.escaped(String(text.prefix(80))))' \(detail)", remedy: remedy)
    }

    private static func seconds(_ duration: Duration) -> String {
        let seconds = duration / .seconds(1)
        return seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
    }
}

extension StringProtocol {
    func trimmingSpaces() -> String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}
