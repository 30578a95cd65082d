import Cryptography

/// What one of Apple's certificates is for, by Apple's own markers (the extensions below 1.2.840.113635.100.6) and by the
/// names that Apple gives.
enum CertificateKind: Hashable, Sendable {
    /// Signs passes of one pass type; with NFC when its name says so.
    case passType(identifier: String?, hasNFC: Bool)
    /// An intermediate below Apple's roots, of a generation when it is known.
    case intermediate(generation: String?)
    /// One of Apple's roots.
    case root
    /// Some other certificate of a developer, in words: "an app distribution certificate".
    case other(String)
    /// Nothing that Apple marks.
    case unknown

    /// Finds out what a certificate is.
    init(_ certificate: Certificate) {
        let name = certificate.commonName ?? ""
        if AppleAuthority.roots.contains(certificate) {
            self = .root
        } else if certificate.extensionValue(Self.passTypeMarker) != nil || name.hasPrefix("Pass Type ID") {
            self = .passType(
                identifier: certificate.subjectUID, hasNFC: name.hasPrefix("Pass Type ID with NFC"))
        } else if let known = AppleAuthority.intermediates.first(where: { $0.certificate == certificate }) {
            self = .intermediate(generation: known.generation)
        } else if certificate.isAuthority {
            self = .intermediate(generation: nil)
        } else if let kind = Self.kinds.first(where: { $0.matches(certificate, name) }) {
            self = .other(kind.words)
        } else {
            self = .unknown
        }
    }

    /// Apple's marker of a pass certificate; it holds the pass type identifier.
    static let passTypeMarker = "1.2.840.113635.100.6.1.16"

    /// The pass type identifier in the marker of a pass certificate.
    static func markedPassType(of certificate: Certificate) -> String? {
        guard let value = certificate.extensionValue(passTypeMarker) else { return nil }
        // A string of one of ASN.1's kinds, short enough for a length of one byte.
        guard value.count >= 2, Int(value[1]) == value.count - 2 else { return nil }
        return String(validating: value.dropFirst(2), as: UTF8.self)
    }

    /// A kind of certificate: its markers, or how its name begins.
    private struct Kind: Sendable {
        let words: String
        let markers: [String]
        let names: [String]

        func matches(_ certificate: Certificate, _ name: String) -> Bool {
            names.contains(where: name.hasPrefix)
                || markers.contains { certificate.extensionValue("1.2.840.113635.100.6." + $0) != nil }
        }
    }

    private static let kinds: [Kind] = [
        Kind(words: "an order type certificate (Wallet orders)", markers: [], names: ["Order Type ID"]),
        Kind(words: "a merchant certificate (Apple Pay)", markers: ["32"], names: ["Merchant ID", "Apple Pay"]),
        Kind(words: "a website push certificate", markers: [], names: ["Website Push ID"]),
        Kind(
            words: "an app's push certificate", markers: ["3.1", "3.2", "3.4", "3.6"],
            names: ["Apple Push Services", "Apple Development IOS Push", "Apple Production IOS Push", "VoIP Services"]),
        Kind(
            words: "an app distribution certificate", markers: ["1.4", "1.7"],
            names: ["Apple Distribution", "iPhone Distribution", "3rd Party Mac Developer", "Mac App Distribution"]),
        Kind(
            words: "an app development certificate", markers: ["1.2", "1.12"],
            names: ["Apple Development", "iPhone Developer", "Mac Developer"]),
        Kind(
            words: "a Developer ID certificate (Mac apps outside the App Store)", markers: ["1.13", "1.14"],
            names: ["Developer ID"]),
    ]
}
