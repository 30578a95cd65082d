/// What a user of an issuer account may do.
public enum IssuerRole: String, Codable, Sendable {
    /// Everything, permissions included.
    case owner = "OWNER"
    /// Write resources.
    case writer = "WRITER"
    /// Read them.
    case reader = "READER"

    /// Reads either spelling.
    init?(spelled text: String) {
        self.init(rawValue: text.uppercased())
    }

    var canWrite: Bool { self != .reader }
}
