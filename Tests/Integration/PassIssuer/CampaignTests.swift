import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct CampaignTests {
    private static let path = "/admin/v1/campaigns/spring"

    @Test("is a draft until icon.png is there, then active for good")
    func states() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let created = try await issuer.admin(.put, Self.path, IssuerUnderTest.campaign())
            #expect(created.status == 201)
            #expect(created.json["state"] == "draft")
            #expect(created.json["version"] == 1)
            #expect(created.text.contains("icon.png is missing"))
            #expect(try await issuer.putImage("icon.png").status == 201)
            let shown = try await issuer.admin(.get, Self.path)
            #expect(shown.json["state"] == "active")
            #expect(shown.json["version"] == 2)
            #expect(shown.json["googleClass"]?["state"] == "none")
            #expect(shown.json["passes"] == 0)
        }
    }

    @Test("grows a version with each change of content and with nothing else, and GET can be put back")
    func versions() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let shown = try await issuer.admin(.get, Self.path)
            let again = try await issuer.admin(.put, Self.path, shown.json)
            #expect(again.status == 200, "\(again.text)")
            #expect(again.json == shown.json)
            let renamed = try await issuer.admin(.put, Self.path, IssuerUnderTest.campaign(["name": "Summer"]))
            #expect(renamed.json["version"] == 2)
            let changed = try await issuer.admin(
                .put, Self.path, IssuerUnderTest.campaign(pass: ["description": "Tea card"]))
            #expect(changed.json["version"] == 3)
            #expect(try await issuer.putImage("icon.png").status == 200)
            #expect(try await issuer.admin(.get, Self.path).json["version"] == 3)
            let other = try await issuer.putImage("icon.png", try Picture.png(width: 38, height: 38, grey: 9))
            #expect(other.status == 200)
            #expect(try await issuer.admin(.get, Self.path).json["version"] == 4)
            #expect(try await issuer.count("campaign_versions") == 1)
        }
    }

    @Test("names every fault at once and stores nothing")
    func faults() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let body = IssuerUnderTest.campaign(
                ["walletConfigurationId": "nobody"],
                pass: [
                    "serialNumber": "1", "foregroundColor": "rgb(255-0-0)",
                    "barcodes": [["format": "PKBarcodeFormatITF", "message": "x", "messageEncoding": "utf-8"]],
                ])
            let answer = try await issuer.admin(.put, Self.path, body)
            #expect(answer.status == 422)
            #expect(
                Set(answer.pointers)
                    == [
                        "/walletConfigurationId", "/pass/serialNumber", "/pass/foregroundColor",
                        "/pass/barcodes/0/format",
                    ], "\(answer.text)")
            #expect(try await issuer.count("campaigns") == 0)
        }
    }

    @Test("refuses typos in its own keys, no JSON, and too much of it")
    func malformed() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            let typo = try await issuer.admin(
                .put, Self.path, IssuerUnderTest.campaign(["localisations": .object([:])]))
            #expect(typo.status == 422)
            #expect(typo.pointers == ["/localisations"])
            let url = issuer.internalURL + Self.path
            let headers: HTTPHeaders = ["Content-Type": "application/json"]
            let broken = try await issuer.send(
                .put, url, token: IssuerUnderTest.adminToken, body: Array("{".utf8), headers: headers)
            #expect(broken.status == 400)
            let huge = try await issuer.send(
                .put, url, token: IssuerUnderTest.adminToken, body: [UInt8](repeating: 0x20, count: 5 << 20),
                headers: headers)
            #expect(huge.status == 413)
            #expect(try await issuer.send(.put, url, body: Array("{}".utf8)).status == 401)
            let wrongScope = try await issuer.send(
                .put, url, token: IssuerUnderTest.personalisationToken, body: Array("{}".utf8))
            #expect(wrongScope.status == 403)
        }
    }

    @Test("checks images by their bytes")
    func images() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            #expect(try await issuer.putImage("icon.png", Array("GIF89a".utf8)).status == 422)
            #expect(try await issuer.putImage("icon.png", [UInt8](repeating: 0, count: (1 << 20) + 1)).status == 413)
            #expect(try await issuer.putImage("icon.png", try Picture.png(width: 115, height: 38)).status == 422)
            #expect(try await issuer.putImage("banner.png").status == 422)
            let large = try await issuer.putImage("icon.png", try Picture.png(width: 100, height: 38))
            #expect(large.status == 200, "\(large.text)")
            #expect(try await issuer.admin(.get, Self.path).text.contains("icon.png is 100"))
            #expect(try await issuer.putImage("de.lproj/logo@2x.png").status == 201)
            let list = try await issuer.admin(.get, Self.path + "/images?limit=1")
            #expect(list.json["items"]?.arrayValue?.first?["file"] == "de.lproj/logo@2x.png")
            let cursor = try #require(list.json["nextCursor"]?.stringValue)
            let rest = try await issuer.admin(.get, Self.path + "/images?cursor=\(cursor)")
            #expect(rest.json["items"]?.arrayValue?.first?["file"] == "icon.png")
            #expect(rest.json["nextCursor"] == nil)
        }
    }

    @Test("shows an image by its hash to everybody, byte for byte")
    func publicImage() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let bytes = try Picture.png(width: 38, height: 38)
            let list = try await issuer.admin(.get, Self.path + "/images")
            let hash = try #require(list.json["items"]?.arrayValue?.first?["sha256"]?.stringValue)
            let image = try await issuer.send(.get, issuer.publicURL + "/images/\(hash).png")
            #expect(image.body == bytes)
            #expect(image.headers["Cache-Control"] == "public, max-age=31536000, immutable")
            let other = String(hash.reversed())
            #expect(try await issuer.send(.get, issuer.publicURL + "/images/\(other).png").status == 404)
        }
    }

    @Test("keeps style, configuration and required images once passes exist")
    func oncePassesExist() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            #expect(try await issuer.open(try await issuer.link()).status == 200)
            var coupon = try #require(IssuerUnderTest.campaign()["pass"]?.objectValue)
            coupon["coupon"] = coupon.removeValue(forKey: "storeCard")
            let style = try await issuer.admin(.put, Self.path, IssuerUnderTest.campaign(["pass": .object(coupon)]))
            #expect(style.status == 409, "\(style.text)")
            #expect(try await issuer.admin(.delete, Self.path + "/images/icon.png").status == 409)
            #expect(try await issuer.admin(.delete, Self.path).status == 409)
        }
    }

    @Test("lists by cursor, clamps the limit and refuses a bad one")
    func lists() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putWalletConfiguration()
            for id in ["a", "b", "c"] {
                #expect(
                    try await issuer.admin(.put, "/admin/v1/campaigns/\(id)", IssuerUnderTest.campaign()).status == 201)
            }
            var ids: [String] = []
            var cursor = ""
            repeat {
                let page = try await issuer.admin(.get, "/admin/v1/campaigns?limit=2\(cursor)")
                ids += (page.json["items"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
                cursor = page.json["nextCursor"]?.stringValue.map { "&cursor=\($0)" } ?? ""
            } while !cursor.isEmpty
            #expect(ids == ["a", "b", "c"])
            #expect(try await issuer.admin(.get, "/admin/v1/campaigns?limit=0").json["items"]?.arrayValue?.count == 1)
            #expect(try await issuer.admin(.get, "/admin/v1/campaigns?limit=x").status == 400)
            #expect(try await issuer.admin(.get, "/admin/v1/campaigns?cursor=%21").status == 400)
            #expect(try await issuer.admin(.get, "/admin/v1/campaigns?cursor=AA").status == 400)
        }
    }

    @Test("moved to another wallet configuration its passes are signed with that one's certificate, whatever was kept")
    func movedWallet() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let other = try JSONValue.object(DemoAuthority.apple("other"))
            #expect(try await issuer.putWalletConfiguration("second", apple: other).status == 201)
            // A link that lacks a token makes no pass, but brings the campaign with the first certificate to memory.
            #expect(try await issuer.open(try await issuer.link(voucher: .object([:]))).status == 422)
            let moved = try await issuer.admin(
                .put, Self.path, IssuerUnderTest.campaign(["walletConfigurationId": "second"]))
            #expect(moved.status == 200)
            let package = try Package(try await issuer.open(try await issuer.link()).body)
            #expect(package.json["passTypeIdentifier"] == "pass.example.other")
            try package.verifySignature()
        }
    }

    @Test("deleted and made again under the same id it shows its new content")
    func recreated() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            #expect(try await issuer.open(try await issuer.link(voucher: .object([:]))).status == 422)
            #expect(try await issuer.admin(.delete, Self.path).status == 204)
            try await issuer.putActiveCampaign("spring", IssuerUnderTest.campaign(pass: ["description": "New card"]))
            let package = try Package(try await issuer.open(try await issuer.link()).body)
            #expect(package.json["description"] == "New card")
        }
    }

    @Test("changes of a campaign never fail for the phones that fetch and open meanwhile, nor the phones for them")
    func changedUnderLoad() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let link = try await issuer.link()
            let serial = try #require(
                try Package(try await issuer.open(link).body).json["serialNumber"]?.stringValue)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for reader in 0..<4 {
                    group.addTask {
                        for _ in 0..<25 {
                            let answer =
                                reader % 2 == 0 ? try await issuer.package(serial) : try await issuer.open(link)
                            #expect(answer.status == 200, "\(answer.text.prefix(300))")
                        }
                    }
                }
                group.addTask {
                    for number in 1...12 {
                        let grey = try Picture.png(width: 38, height: 38, grey: number)
                        let image = try await issuer.putImage("icon.png", grey)
                        #expect(image.status == 200, "\(image.text)")
                        let changed = try await issuer.admin(
                            .put, Self.path, IssuerUnderTest.campaign(pass: ["description": "Card \(number)"]))
                        #expect(changed.status == 200, "\(changed.text)")
                    }
                }
                try await group.waitForAll()
            }
            let newest = try Package(try await issuer.package(serial).body)
            #expect(newest.json["description"] == "Card 12")
        }
    }

    @Test("refuses images with which no package could be made any more")
    func tooManyImages() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            // Noise can't be compressed: just under 1 MiB each.
            let noise = try Tool.run(
                "/usr/bin/env",
                [
                    "python3", "-c",
                    """
                    import sys, zlib, struct, random
                    def chunk(t, d): return struct.pack('>I', len(d)) + t + d + struct.pack('>I', zlib.crc32(t + d))
                    rows = b''.join(b'\\0' + random.Random(y).randbytes(1400) for y in range(700))
                    sys.stdout.buffer.write(b'\\x89PNG\\r\\n\\x1a\\n'
                        + chunk(b'IHDR', struct.pack('>IIBBBBB', 1400, 700, 8, 0, 0, 0, 0))
                        + chunk(b'IDAT', zlib.compress(rows, 0)) + chunk(b'IEND', b''))
                    """,
                ])
            var statuses: [Int] = []
            for file in ["venueMap.png", "venueMap@2x.png", "venueMap@3x.png", "de.lproj/venueMap.png"] {
                statuses.append(try await issuer.putImage(file, noise).status)
            }
            #expect(statuses == [201, 201, 201, 201])
            let over = try await issuer.putImage("fr.lproj/venueMap.png", noise)
            #expect(over.status == 422)
            #expect(over.text.contains("4500000 are allowed"))
        }
    }

    @Test("two changes at once follow each other: none is lost, no version has two contents")
    func parallelChanges() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...8 {
                    group.addTask {
                        try await issuer.admin(
                            .put, Self.path, IssuerUnderTest.campaign(pass: ["description": "Card \(number)"])
                        ).status
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
            #expect(try await issuer.admin(.get, Self.path).json["version"] == 10)
        }
    }
}
