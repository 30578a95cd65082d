import Cryptography
import JSON

/// What the check of a package found.
struct PackageReport: Sendable {
    /// What a package says it is.
    struct Pass: Sendable {
        /// Its name in a bundle.
        var file: String?
        let style: PassStyle?
        let passTypeIdentifier: String?
        let teamIdentifier: String?
        let serialNumber: String?
        let certificate: Certificate?
        /// Since 1970.
        let signedAt: Int?
    }

    /// One, or those of a bundle.
    var passes: [Pass] = []
    /// The gravest first.
    var findings: [Finding] = []
}
