import Cryptography
import HTTPTypes

/// What is known of the authority behind pass certificates.
enum AppleAuthority {
    /// An intermediate of Apple's Worldwide Developer Relations.
    struct Intermediate: Sendable {
        let generation: String
        let certificate: Certificate
    }

    /// The roots in every phone.
    static let roots = [AppleCertificates.rootCA, AppleCertificates.rootG3].compactMap(certificate)

    /// The generations of intermediates that are in use.
    static let intermediates: [Intermediate] = [
        ("G2", AppleCertificates.g2), ("G3", AppleCertificates.g3), ("G4", AppleCertificates.g4),
        ("G5", AppleCertificates.g5), ("G6", AppleCertificates.g6),
    ].compactMap { generation, text in
        certificate(text).map { Intermediate(generation: generation, certificate: $0) }
    }

    /// Where Apple publishes its certificates.
    static let page = "www.apple.com/certificateauthority"

    /// Why a chain breaks at the intermediate, with the remedy; nil when the intermediate is not the reason.
    static func explanation(
        of leaf: Certificate, others: [Certificate], for authorities: PassAuthorities
    ) -> (reason: String, remedy: String)? {
        if others.contains(where: { leaf.isIssued(by: $0) }) || authorities.anchors.contains(where: leaf.isIssued) {
            return nil
        }
        let remedy = remedy(for: leaf)
        guard let wrong = others.first(where: \.isAuthority) else {
            return ("The intermediate certificate of \(leaf.issuer) is missing.", remedy)
        }
        let generation = name(of: wrong).map { "\($0), " } ?? ""
        return (
            "The wrong intermediate is there: \(generation)\(wrong.subject), did not issue the certificate.", remedy
        )
    }

    /// Which intermediate a certificate needs, in words.
    static func remedy(for leaf: Certificate) -> String {
        guard let right = intermediates.first(where: { leaf.isIssued(by: $0.certificate) }) else {
            return "Include the certificate of \(leaf.issuer) that issued it."
        }
        return "Include Worldwide Developer Relations \(right.generation) (serial number "
            + "\(right.certificate.serialNumberHex)) from \(page)."
    }

    /// The generation of an intermediate: a known one, or the first, which ended in 2023 and is still in many scripts.
    static func name(of intermediate: Certificate) -> String? {
        if let known = intermediates.first(where: { $0.certificate == intermediate }) { return known.generation }
        return intermediate.serialNumberHex.uppercased() == "01DEBCC4396DA010" ? "G1" : nil
    }

    private static func certificate(_ base64: String) -> Certificate? {
        // A test proves that each of them can be read.
        Base64.decode(base64.filter { !$0.isWhitespace }).flatMap { try? Certificate(der: $0) }
    }
}
