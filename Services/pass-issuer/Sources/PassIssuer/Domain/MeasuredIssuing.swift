import Bytes
import Contracts
import Cryptography
import HTTPTypes
import JSON

/// Packages and links made in memory, the way the service makes them: what benchmarks of the library call.
package struct MeasuredIssuing: Sendable {
    /// A file has no name that an image can have, or a certificate is none for passes.
    package struct Unusable: Error, CustomStringConvertible {
        package let description: String
    }

    private let campaign: IssuableCampaign
    private let minter: LinkMinter
    private let now: Instant

    /// - Parameters:
    ///   - definition: the body of a campaign's PUT.
    ///   - images: the file's name and its bytes.
    ///   - certificate: the pass certificate, its private key and the intermediate, each as PEM.
    package init(
        definition: JSONValue, images: [(file: String, bytes: [UInt8])],
        certificate: String, privateKey: String, intermediate: String, at now: Instant
    ) throws {
        let body = try JSON.decode(CampaignDefinition.self, from: definition)
        let content = try CampaignContent(body, hasOrganizationName: true)
        let leaf = try Certificate(pem: certificate)
        guard let passType = leaf.subjectUID.flatMap(PassTypeIdentifier.init(rawValue:)),
            let team = leaf.organizationalUnit.flatMap(TeamIdentifier.init(rawValue:))
        else { throw Unusable(description: "no pass certificate") }
        let signer = try CMSSigner(
            certificate: leaf, key: PrivateKey(pem: privateKey), intermediates: [Certificate(pem: intermediate)])
        let files = try images.map { image in
            guard let file = ImageFile(rawValue: image.file) else {
                throw Unusable(description: "\(image.file) is no image of a pass")
            }
            return (file: file, bytes: image.bytes)
        }
        let keys = try KeyRing(parsing: "k1:" + Base64.encode([UInt8](repeating: 7, count: 32)))
        campaign = IssuableCampaign(
            version: 1, walletRevision: 1, organizationName: "Measured", content: content,
            apple: .success(
                AppleIssuing(
                    passTypeIdentifier: passType, teamIdentifier: team,
                    packages: PassPackageMaker(
                        assets: try CampaignAssets(images: files, content: content), signer: signer),
                    webServiceURL: "https://passes.example")),
            google: nil, tokenKeys: HMACKeyRing(keys), cache: PackageCache(maximumBytes: 0))
        minter = LinkMinter(keys: keys, format: .signed, baseURL: "https://passes.example")
        self.now = now
    }

    /// The signed package of the pass with a number: rendered, checked, signed and archived anew.
    package func package(_ number: Int) throws -> SharedBytes {
        let claims = try link(number)
        let pass = Pass(
            link: claims, serialNumber: SerialNumber(campaign: claims.campaign, passKey: claims.passKey),
            platform: .apple, campaignVersion: 1, tokenKeyID: "k1", at: now)
        return try campaign.sign(pass, at: now).package.whole
    }

    /// Mints the links of the numbers of a batch; returns how many bytes they have.
    /// - Parameter measure: is handed the minting alone, not the making of what it mints.
    package func links(_ numbers: Range<Int>, measure: (_ minting: () throws -> Void) throws -> Void) throws -> Int {
        let links = try numbers.map { LinkContent.pass(try link($0)) }
        var bytes = 0
        try measure { for link in links { bytes += try minter.url(for: link).utf8.count } }
        return bytes
    }

    private func link(_ number: Int) throws -> LinkClaims {
        guard let campaign = CampaignID(rawValue: "measured"), let passKey = PassKey(rawValue: "c-\(number)") else {
            throw Unusable(description: "no identifiers")
        }
        return LinkClaims(
            campaign: campaign, platform: .apple, passKey: passKey,
            contact: ["id": .string("c-\(number)"), "firstName": "Ada", "lastName": "Lovelace"],
            voucher: ["code": "AB12", "points": .number(JSONNumber(number))], issuedAt: now, expiresAt: nil)
    }
}
