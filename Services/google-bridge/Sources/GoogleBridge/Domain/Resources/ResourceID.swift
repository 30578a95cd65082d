import GoogleWalletSchema

/// A class or object at Google; the two have ids of their own.
struct ResourceID: Sendable, Hashable {
    let level: GoogleLevel
    let id: String

    /// Names a class.
    static func classOf(_ id: String) -> ResourceID { ResourceID(level: .class, id: id) }

    /// Names an object.
    static func object(_ id: String) -> ResourceID { ResourceID(level: .object, id: id) }
}
