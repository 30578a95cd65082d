import GoogleWalletSchema

/// Dates as people read them. Google formats only dates of its own fields; those of other fields are texts.
enum DateText {
    /// A date by its styles in a language, at its own offset.
    static func text(_ date: GoogleDateTime, _ dateStyle: DateStyle, _ timeStyle: DateStyle, _ tag: String) -> String {
        guard let language = DateLanguage.named(tag) else { return plain(date, dateStyle, timeStyle) }
        let pattern: String? =
            switch dateStyle {
            case .none: nil
            case .short: language.shortDate
            case .medium: language.mediumDate
            case .long: language.longDate
            case .full: language.fullDate
            }
        let joint = dateStyle == .long || dateStyle == .full ? language.longJoint : language.joint
        let parts = [
            pattern.map { written(date, $0, language) },
            timeStyle == .none ? nil : written(date, timePattern(language.time, timeStyle), language),
        ].compactMap { $0 }
        return parts.isEmpty ? plain(date, .short, .short) : parts.joined(separator: joint)
    }

    /// The date in digits, for languages that are not known here.
    private static func plain(_ date: GoogleDateTime, _ dateStyle: DateStyle, _ timeStyle: DateStyle) -> String {
        let text = date.withoutOffset.text
        let day = text.prefix { $0 != "T" }
        let time = text.dropFirst(day.count + 1).prefix(5)
        switch (dateStyle, timeStyle) {
        case (.none, .none): return day + " " + time
        case (_, .none): return String(day)
        case (.none, _): return String(time)
        default: return day + " " + time
        }
    }

    /// Styles longer than short show the seconds.
    private static func timePattern(_ short: String, _ style: DateStyle) -> String {
        style == .short ? short : short.replacing(":mm", with: ":mm:ss")
    }

    private static func written(_ date: GoogleDateTime, _ pattern: String, _ language: DateLanguage) -> String {
        let day = CivilDate(
            dayNumber: (date.localSeconds >= 0 ? date.localSeconds : date.localSeconds - 86_399) / 86_400)
        let time = date.localSeconds - day.dayNumber * 86_400
        var result = ""
        var rest = pattern[...]
        while let letter = rest.first {
            if letter == "'" {
                let quoted = rest.dropFirst().prefix { $0 != "'" }
                result += quoted
                rest = rest.dropFirst(quoted.count + 2)
                continue
            }
            let field = rest.prefix { $0 == letter }
            result += part(String(field), day, time, language) ?? String(field)
            rest = rest.dropFirst(field.count)
        }
        return result
    }

    private static func part(_ field: String, _ day: CivilDate, _ time: Int, _ language: DateLanguage) -> String? {
        let hour = time / 3600
        return switch field {
        case "d": String(day.day)
        case "dd": padded(day.day)
        case "M": String(day.month)
        case "MM": padded(day.month)
        case "MMM": language.shortMonths[day.month - 1]
        case "MMMM": language.months[day.month - 1]
        case "y": String(day.year)
        case "yy": padded(day.year % 100)
        case "EEEE": language.weekdays[day.weekday]
        case "H": String(hour)
        case "HH": padded(hour)
        case "h": String((hour + 11) % 12 + 1)
        case "mm": padded(time / 60 % 60)
        case "ss": padded(time % 60)
        case "a": hour < 12 ? "AM" : "PM"
        default: nil
        }
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
