import Contracts
import Cryptography
import Foundation
import JSON

@testable import PassIssuer

/// A campaign and what signs its passes.
struct PackageFixture {
    static let now = Int(Date().timeIntervalSince1970)

    let content: CampaignContent
    let maker: PassPackageMaker

    static let identity = PassIdentity(
        passTypeIdentifier: "pass.example.demo", teamIdentifier: "TEAM123456", serialNumber: "S-1",
        organizationName: "Acme",
        webService: .init(url: "https://passes.example.com/", authenticationToken: "k1.token"))

    /// A campaign from its body's `pass`, `localizations`, `tokens` and `personalization`.
    /// - Parameter isVerbatim: whether it shows an imported package as it came.
    init(
        _ body: String, images: [(String, [UInt8])] = [("icon.png", [1, 2, 3]), ("de.lproj/logo@2x.png", [4])],
        certificate: String = "pass", isVerbatim: Bool = false
    ) throws {
        let json = try JSON.parse(body).mergePatched(with: ["name": "Test", "walletConfigurationId": "acme"])
        let campaign = try JSON.decode(CampaignRequest.self, from: json)
        var definition = CampaignDefinition(campaign)
        definition.isVerbatim = isVerbatim ? true : nil
        content = try CampaignContent(definition, hasOrganizationName: true)
        let authority = try DemoAuthority.shared()
        let signer = try CMSSigner(
            certificate: authority.certificate(certificate), key: authority.key(certificate),
            intermediates: [authority.certificate("intermediate")])
        let files = images.compactMap { name, bytes in ImageFile(rawValue: name).map { (file: $0, bytes: bytes) } }
        maker = PassPackageMaker(assets: try CampaignAssets(images: files, content: content), signer: signer)
    }

    func package(
        _ values: TokenValues = TokenValues(), identity: PassIdentity = Self.identity, voided: Bool = false,
        asksOwner: Bool = false, at seconds: Int = Self.now
    ) throws -> [UInt8] {
        try maker.package(
            content.content(for: values), identity: identity, voided: voided, asksOwner: asksOwner, at: seconds
        ).whole.bytes
    }

    /// What Python's zipfile finds in a package: names in order, contents, dates, methods.
    static func unzip(_ package: [UInt8]) throws -> JSONValue {
        let source = """
            import base64, hashlib, io, json, sys, zipfile
            archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
            assert archive.testzip() is None
            manifest = json.loads(archive.read("manifest.json"))
            named = set(archive.namelist()) - {"manifest.json", "signature"}
            assert set(manifest) == named, (manifest, named)
            for name, digest in manifest.items():
                assert hashlib.sha1(archive.read(name)).hexdigest() == digest, name
            json.dump({"names": archive.namelist(), "dates": [list(info.date_time) for info in archive.infolist()],
                       "methods": [info.compress_type for info in archive.infolist()],
                       "manifest": archive.read("manifest.json").decode(),
                       "pass": archive.read("pass.json").decode(),
                       "files": {name: base64.b64encode(archive.read(name)).decode() for name in archive.namelist()}},
                      sys.stdout)
            """
        let result = try ExternalTool.run("python3", "-c", source, input: package)
        guard result.status == 0 else { throw Refused(text: result.errors) }
        return try JSON.parse(result.output)
    }

    struct Refused: Error { let text: String }
}
