/// The keys of a body that GET's answer may be sent back as: the request's own, and those that are ignored.
enum RequestKey<Own: CodingKey, Ignored: CodingKey>: CodingKey {
    case own(Own)
    case ignored(Ignored)

    init?(stringValue: String) {
        if let key = Own(stringValue: stringValue) {
            self = .own(key)
        } else if let key = Ignored(stringValue: stringValue) {
            self = .ignored(key)
        } else {
            return nil
        }
    }

    init?(intValue: Int) {
        nil
    }

    var stringValue: String {
        switch self {
        case .own(let key): key.stringValue
        case .ignored(let key): key.stringValue
        }
    }

    var intValue: Int? { nil }
}
