/// What a pass certificate says of its owner.
struct SignerCertificate: Sendable {
    /// The subject's user id.
    let passTypeIdentifier: String?
    /// The subject's organizational unit.
    let teamIdentifier: String?

    /// Reads the subject as `openssl x509 -subject -nameopt multiline` prints it.
    init(subject: String) {
        func value(of name: String) -> String? {
            for line in subject.split(separator: "\n") {
                let line = line.drop { $0 == " " }
                if line.hasPrefix(name + "=") { return String(line.dropFirst(name.count + 1)) }
                if line.hasPrefix(name + " = ") { return String(line.dropFirst(name.count + 3)) }
            }
            return nil
        }
        passTypeIdentifier = value(of: "userId") ?? value(of: "UID")
        teamIdentifier = value(of: "organizationalUnitName")
    }
}
