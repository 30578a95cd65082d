import Contracts
import Cryptography
import HTTPTypes
import JSON

/// What strangers can send this service, handed to the readers that it has for it: what the fuzz run calls.
///
/// That a reader refuses its input is all right; nothing else but that may go wrong.
package enum ForeignInput {
    /// A package, a bundle or a pass.json, as an import takes it.
    package static func importPackage(_ bytes: [UInt8]) {
        guard let package = try? PackageImport.read(bytes) else { return }
        var definition = CampaignDefinition(pass: package.pass)
        definition.localizations = package.localizations
        _ = CampaignReview.faults(of: definition, hasOrganizationName: true)
    }

    /// A package or a bundle, as the checker takes it.
    package static func checkPackage(_ bytes: [UInt8]) {
        _ = PackageChecker(authorities: .apple, now: 1_795_485_600).check(bytes).text
    }

    /// The content of a campaign, as a PUT takes it.
    package static func readContent(_ bytes: [UInt8]) {
        guard case .object(let pass)? = try? JSON.parse(bytes) else { return }
        let definition = CampaignDefinition(pass: pass)
        _ = CampaignReview.faults(of: definition, hasOrganizationName: false)
        _ = SampleReview.warnings(about: definition, hasOrganizationName: false)
    }

    /// A picture.
    package static func readImage(_ bytes: [UInt8]) {
        _ = PNGImage.size(of: bytes)
        _ = try? PNGImage(checking: bytes)
    }

    /// A file of certificates and keys, as `pass-issuer check-certificate` takes it.
    package static func readCredentials(_ bytes: [UInt8]) {
        _ = CredentialReport(bytes, password: "demo", now: 1_795_485_600)
    }

    /// The last part of a link.
    package static func openLink(_ link: String, keys: KeyRing) {
        _ = try? LinkReader(keys: keys).content(of: link, at: Instant(seconds: 1_795_485_600))
    }

    /// The claims of a link, as if they were signed.
    package static func readClaims(_ bytes: [UInt8]) {
        guard let json = try? JSON.parse(bytes) else { return }
        _ = LinkClaims(json: json)
        _ = LinkBundle(json: json)
    }
}
