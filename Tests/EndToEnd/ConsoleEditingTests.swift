import Contracts
import Foundation
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    /// What administrators make with files and by hand, in a real browser.
    @Suite("Editing in the console", .sharedPlatform) struct ConsoleEditingTests {
        @Test("a package that somebody has becomes a campaign with its images") func importing() async throws {
            let platform = try WalletPlatform.shared()
            let answer = try await platform.open(try await platform.link(for: Person()))
            let directory = try TestDirectory()
            let file = directory.path("found.pkpass")
            try Data(answer.body).write(to: URL(fileURLWithPath: file))
            try await platform.visitConsole { browser, base in
                try await browser.open("\(base)/console/campaigns/_new")
                try await browser.type("adopted", into: "#campaign-id")
                try await browser.choose("demo", in: "[data-pointer='/walletConfigurationId']")
                try await browser.attach(file, to: "#package")
                try await browser.wait(for: "the campaign's page", "location.pathname.endsWith('/adopted')")
                try await browser.wait(
                    for: "its images", "document.querySelectorAll('.images li img').length > 2")
                try await browser.wait(
                    for: "its preview",
                    "document.querySelector('.pk-card .pk-strip') && document.querySelector('.pk-card .barcode img')")
            }
            let campaign = try await platform.admin.call(
                PassIssuerEndpoints.getCampaign, parameters: ["id": "adopted"])
            #expect(campaign.state == .active && campaign.content.pass["storeCard"] != nil)
        }

        @Test("a campaign without passes is deleted by two clicks, and one with passes is ended") func ending()
            async throws
        {
            let platform = try WalletPlatform.shared()
            for id in [CampaignID.written("unused"), .written("used")] {
                try await platform.putCampaign(id, configuration: WalletPlatform.configuration)
            }
            let link = try await platform.link(for: Person(), campaign: .written("used"))
            #expect(try await platform.open(link).status == .ok)
            try await platform.visitConsole { browser, base in
                try await browser.open("\(base)/console/campaigns/unused")
                try await browser.press("Delete campaign")
                try await browser.press("Delete it for good")
                try await browser.wait(for: "the list", "location.pathname === '/console/campaigns'")
                try await browser.open("\(base)/console/campaigns/used")
                try await browser.press("End campaign")
                try await browser.press("End it and void its passes")
                try await browser.wait(
                    for: "its end", "document.querySelector('.head .badge')?.textContent === 'ended'")
            }
            let gone = try await platform.send(
                .get, platform.issuer.internalURL + "/admin/v1/campaigns/unused",
                headers: ["Authorization": "Bearer \(platform.secrets.admin)"])
            #expect(gone.status == .notFound)
        }

        @Test("a file that is no package is refused beside the field") func wrongPackage() async throws {
            let platform = try WalletPlatform.shared()
            try await platform.visitConsole { browser, base in
                try await browser.open("\(base)/console/campaigns/_new")
                try await browser.type("broken", into: "#campaign-id")
                try await browser.attach("\(Checkout.path)/README.md", to: "#package")
                try await browser.wait(
                    for: "the refusal", "document.querySelector('#package + .fault')?.textContent.length > 10")
            }
        }

        @Test("pictures that are dropped become the campaign's, and are drawn in the preview") func dropping()
            async throws
        {
            let platform = try WalletPlatform.shared()
            try await platform.putCampaign(.written("bare"), configuration: WalletPlatform.configuration) { request in
                request.pass["eventTicket"] = request.pass["storeCard"]
                request.pass["storeCard"] = nil
            }
            _ = try await platform.admin.send(
                .delete, PassIssuerPaths.image, parameters: ["id": "bare", "file": "strip.png"])
            for scale in [2, 3] {
                _ = try await platform.admin.send(
                    .delete, PassIssuerPaths.image, parameters: ["id": "bare", "file": "strip@\(scale)x.png"])
            }
            let directory = try TestDirectory()
            let icon = "\(Checkout.path)/Simulators/Demo/images/icon@3x.png"
            let files = ["thumbnail.png", "background.png"].map { directory.path($0) }
            for file in files { try FileManager.default.copyItem(atPath: icon, toPath: file) }
            try await platform.visitConsole { browser, base in
                try await browser.open("\(base)/console/campaigns/bare")
                try await browser.wait(for: "the place", "document.querySelector('.drop')")
                try await browser.drop(files, on: ".drop")
                try await browser.wait(
                    for: "the pictures",
                    "document.querySelectorAll(\"[data-file='thumbnail.png'], [data-file='background.png']\").length === 2"
                )
                try await browser.wait(
                    for: "a ticket with its blurred background and its thumbnail",
                    """
                    getComputedStyle(document.querySelector('.pk-background') ?? document.body).filter.includes('blur')
                        && document.querySelector('.pk-thumbnail')?.naturalWidth > 0
                    """)
            }
        }

        @Test("the preview speaks another language, takes values, and says which fields are left out")
        func previewing() async throws {
            let platform = try WalletPlatform.shared()
            try await platform.visitConsole { browser, base in
                try await browser.open("\(base)/console/campaigns/demo")
                try await browser.wait(for: "the preview", "document.querySelector('.pk-card .barcode img')")
                try await browser.choose("de", in: "#preview-language")
                try await browser.wait(
                    for: "German labels", "document.querySelector('.pk-card').textContent.includes('Mitglied')")
                try await browser.click(".controls summary")
                try await browser.type("Grace", into: "[data-token='contact.firstName']")
                try await browser.type("4711", into: "[data-token='voucher.points']")
                try await browser.wait(
                    for: "the values",
                    "/Grace[^]*4[.]?711|4[.]?711[^]*Grace/.test(document.querySelector('.pk-card').textContent)")
                for _ in 1...3 { try await browser.press("Add a field: auxiliary") }
                try await browser.wait(
                    for: "the note", "document.querySelector('.pk-hidden')?.textContent.includes('auxiliary')")
            }
        }

        @Test("the preview shows the back of a pass in Apple Wallet: its fields, with values and in another language")
        func back() async throws {
            let platform = try WalletPlatform.shared()
            try await platform.visitConsole { browser, base in
                try await browser.open("\(base)/console/campaigns/demo")
                try await browser.wait(
                    for: "the back", "document.querySelector('[data-wallet=apple] .pk-back[open] dd')")
                let fields = try await browser.evaluate(
                    "return [...document.querySelectorAll('[data-wallet=apple] .pk-back :is(dt, dd)')].map((part) => part.textContent)"
                )
                #expect(
                    fields.arrayValue?.compactMap(\.stringValue) == [
                        "How it works",
                        "Show the code when you pay: one point for each euro, a coffee for a hundred points.",
                        "Your points and offers", "https://coffee.example/card", "Questions", "hello@coffee.example",
                    ])
                try await browser.type(
                    "Made for {{contact.firstName}}", into: "[data-pointer='/pass/storeCard/backFields/0/value']")
                try await browser.click(".controls summary")
                try await browser.type("Grace", into: "[data-token='contact.firstName']")
                try await browser.wait(
                    for: "the value", "document.querySelector('.pk-back dd')?.textContent === 'Made for Grace'")
                try await browser.choose("de", in: "#preview-language")
                try await browser.wait(
                    for: "the label in German", "document.querySelector('.pk-back dt')?.textContent === 'So geht es'")
            }
        }

        @Test("each barcode is drawn as what it says", arguments: ["QR", "PDF417", "Aztec", "Code128"])
        func barcodes(format: String) async throws {
            let platform = try WalletPlatform.shared()
            try await platform.visitConsole { browser, base in
                // As fine as a phone's screen.
                try await browser.command(
                    "Emulation.setDeviceMetricsOverride",
                    ["width": 1_480, "height": 900, "deviceScaleFactor": 3, "mobile": false])
                try await browser.open("\(base)/console/campaigns/demo")
                try await browser.choose("PKBarcodeFormat\(format)", in: "[data-pointer='/pass/barcodes/0/format']")
                try await browser.type("SPRING-42", into: "[data-pointer='/pass/barcodes/0/message']")
                try await browser.wait(
                    for: "the code",
                    "document.querySelector(\".pk-card .barcode img[alt='\(format) barcode']\")?.naturalWidth > 0")
                try await eventually("ZXing to read it") {
                    // The preview may be drawn anew between finding the code and its photograph.
                    guard let said = try? await browser.scan(".pk-card .barcode") else { return false }
                    return said.contains("SPRING-42") && said.contains(format == "QR" ? "QRCode" : format)
                }
            }
        }

        @Test("a wallet configuration is made of files, its checks run, and a wrong file is refused at its field")
        func configuring() async throws {
            let platform = try WalletPlatform.shared()
            let authority = platform.authority
            try await platform.visitConsole { browser, base in
                try await browser.open("\(base)/console/wallet-configurations/_new")
                try await browser.type("by-hand", into: "[data-pointer='/id']")
                try await browser.type("By hand", into: "[data-pointer='/name']")
                try await browser.choose("pem", in: "#way-of-apple")
                try await browser.click("form button[type='submit']")
                try await browser.wait(
                    for: "what is missing",
                    "document.querySelector(\"[data-fault='/apple/privateKey']\").textContent === 'Choose a file.'")
                try await browser.attach(authority.path("expired.pem"), to: "[data-pointer='/apple/certificate']")
                try await browser.attach(authority.path("expired.key.pem"), to: "[data-pointer='/apple/privateKey']")
                try await browser.attach(authority.path("intermediate.pem"), to: "[data-pointer='/apple/intermediate']")
                try await browser.click("form button[type='submit']")
                try await browser.wait(
                    for: "the refusal at the certificate",
                    "[...document.querySelectorAll('form .fault')].some((fault) => fault.textContent.includes('expired'))"
                )
                try await browser.choose("keep", in: "#way-of-apple")
                try await browser.click("form button[type='submit']")
                try await browser.wait(for: "its page", "location.pathname.endsWith('/by-hand')")
                try await browser.wait(for: "the checks", "document.querySelector('.checks, .note')")
                try await browser.choose("request", in: "#way-of-apple")
                try await browser.press("Make a key and its request")
                try await browser.wait(
                    for: "the request", "document.querySelector('a[download]')?.href.startsWith('blob:')")
            }
            let made = try await platform.admin.call(
                PassIssuerEndpoints.getWalletConfiguration, parameters: ["id": "by-hand"])
            #expect(made.name == "By hand" && made.apple == nil)
        }

        @Test("the checks of a wallet configuration are listed in words, each with its state") func checks()
            async throws
        {
            let platform = try WalletPlatform.shared()
            try await eventually("the credentials to arrive") { try await platform.topic() != nil }
            try await platform.visitConsole { browser, base in
                // Again while push-sender did not answer in time.
                try await eventually("APNs to take the credentials") {
                    try await browser.open("\(base)/console/wallet-configurations/\(WalletPlatform.configuration)")
                    try await browser.wait(for: "the checks", "document.querySelector('.checks li')")
                    let listed = try await browser.evaluate(
                        """
                        return [...document.querySelectorAll('.checks li')].map((check) => ['.badge', 'strong', 'p']
                            .map((part) => check.querySelector(part).textContent).join(' | '))
                        """)
                    let lines = listed.arrayValue?.compactMap(\.stringValue) ?? []
                    return lines.count > 1
                        && lines.contains("ok | APNs handshake | APNs takes the credentials for this pass type.")
                }
            }
        }
    }
}
