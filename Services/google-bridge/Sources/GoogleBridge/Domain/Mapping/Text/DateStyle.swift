/// How much of a date or a time a field shows, as pass.json names it.
enum DateStyle: String, Sendable {
    case none = "PKDateStyleNone"
    case short = "PKDateStyleShort"
    case medium = "PKDateStyleMedium"
    case long = "PKDateStyleLong"
    case full = "PKDateStyleFull"
}
