/// Numbers as people read them.
enum NumberText {
    /// How a number is shown.
    enum Style: Hashable, Sendable {
        /// Digits as they are.
        case plain
        /// Groups of three digits.
        case decimal
        /// A hundred times the number, with its sign.
        case percent
        /// An amount of a currency.
        case currency(String)
    }

    /// A number by its style in a language.
    static func text(_ number: ExactDecimal, _ style: Style, _ tag: String) -> String {
        let marks = Marks.of(tag)
        switch style {
        case .plain:
            return written(number, marks, groups: false)
        case .decimal:
            return written(number, marks, groups: true)
        case .percent:
            return written(number.shifted(by: 2), marks, groups: true) + (marks.spacesPercent ? "\u{A0}%" : "%")
        case .currency(let code):
            let positive = written(
                number, marks, groups: true, decimals: Money.decimals(of: code), withSign: false)
            let symbol = symbols[code] ?? code
            let sign = number.isNegative ? "-" : ""
            guard marks.symbolIsFirst else { return sign + positive + "\u{A0}" + symbol }
            let space = marks.spacesSymbol || symbol.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "$") }
            return sign + symbol + (space ? "\u{A0}" : "") + positive
        }
    }

    /// Marks that languages write numbers with, after the Unicode CLDR.
    private struct Marks {
        var point = "."
        var group = ","
        /// Digits before the point from which on they are grouped.
        var groupsFrom = 4
        var symbolIsFirst = true
        var spacesSymbol = false
        var spacesPercent = false

        static func of(_ tag: String) -> Marks {
            byTag[tag] ?? byTag[LanguageTag.language(of: tag)] ?? Marks()
        }

        private static let continental = Marks(
            point: ",", group: ".", symbolIsFirst: false, spacesPercent: true)

        private static let byTag: [String: Marks] = [
            "en": Marks(), "ja": Marks(), "zh": Marks(),
            "de": continental,
            "de-CH": Marks(point: ".", group: "’", symbolIsFirst: true, spacesSymbol: true),
            "fr": Marks(point: ",", group: "\u{202F}", symbolIsFirst: false, spacesPercent: true),
            "es": Marks(point: ",", group: ".", groupsFrom: 5, symbolIsFirst: false, spacesPercent: true),
            "it": Marks(point: ",", group: ".", symbolIsFirst: false),
            "pt": Marks(point: ",", group: ".", symbolIsFirst: true, spacesSymbol: true),
            "pt-PT": Marks(point: ",", group: "\u{A0}", groupsFrom: 5, symbolIsFirst: false),
            "nl": Marks(point: ",", group: ".", symbolIsFirst: true, spacesSymbol: true),
        ]
    }

    private static let symbols = ["EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"]

    private static func written(
        _ number: ExactDecimal, _ marks: Marks, groups: Bool, decimals: Int = 0, withSign: Bool = true
    ) -> String {
        let whole = number.wholeDigits
        var fraction = number.fractionDigits
        fraction += String(repeating: "0", count: max(0, decimals - fraction.utf8.count))
        let sign = withSign && number.isNegative ? "-" : ""
        let head = groups && whole.utf8.count >= marks.groupsFrom ? grouped(whole, marks.group) : whole
        return sign + head + (fraction.isEmpty ? "" : marks.point + fraction)
    }

    private static func grouped(_ digits: String, _ mark: String) -> String {
        let first = (digits.utf8.count - 1) % 3 + 1
        var result = String(digits.prefix(first))
        var rest = digits.dropFirst(first)
        while !rest.isEmpty {
            result += mark + rest.prefix(3)
            rest = rest.dropFirst(3)
        }
        return result
    }
}
