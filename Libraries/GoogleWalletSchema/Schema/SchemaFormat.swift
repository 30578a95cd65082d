/// A rule for the text or number of a property, beyond its type.
public enum SchemaFormat: String, Sendable {
    /// Characters of ASCII.
    case ascii
    /// Two letters or digits, an airline's code at IATA.
    case code2
    /// Three letters or digits, an airport's code at IATA or an airline's at ICAO.
    case code3
    /// `#rgb` or `#rrggbb`.
    case colour
    /// A date with a time, with or without an offset.
    case dateTime
    /// Digits alone.
    case digits
    /// A path to a field of the class or the object.
    case fieldPath
    /// An address that begins with `https://`.
    case httpsUrl
    /// A language tag of BCP 47.
    case language
    /// Degrees from −90 to 90.
    case latitude
    /// A date with a time and no offset.
    case localDateTime
    /// Degrees from −180 to 180.
    case longitude
    /// Letters, digits, `_` and `-`.
    case moduleId
    /// A date with a time and an offset.
    case offsetDateTime
    /// `issuerId.suffix`.
    case resourceId
    /// 64 hexadecimal digits.
    case sha256
    /// An address with a scheme.
    case uri
}
