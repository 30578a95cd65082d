import Contracts
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("The console in a browser", .sharedPlatform) struct ConsoleBrowserTests {
        @Test("refuses a wrong token at its field, signs in and out") func signIn() async throws {
            let platform = try WalletPlatform.shared()
            try await Browser.run { browser in
                try await browser.open("\(platform.issuer.internalURL)/console")
                try await browser.type("wrong", into: "#token")
                try await browser.click("form button")
                try await browser.wait(
                    for: "the refusal",
                    "document.querySelector('#token-fault')?.textContent.includes('not the admin token')")
                try await browser.type(platform.secrets.admin, into: "#token")
                try await browser.click("form button")
                try await browser.wait(for: "the overview", "document.querySelector('.figures')")
                #expect(try await browser.evaluate("return document.cookie").stringValue == "")
                try await browser.click("#sign-out")
                try await browser.wait(for: "the form", "document.querySelector('#token')")
                try await browser.open("\(platform.issuer.internalURL)/console/campaigns")
                try await browser.wait(for: "the form", "document.querySelector('#token')")
            }
        }

        @Test("a campaign is made by clicking: a fault stands at its field, the preview shows the pass, its pass opens")
        func campaign() async throws {
            let platform = try WalletPlatform.shared()
            try await platform.visitConsole { browser, base in
                try await browser.open("\(base)/console/campaigns")
                try await browser.click("a.button")
                try await browser.type("clicked", into: "#campaign-id")
                try await browser.type("Clicked", into: "[data-pointer='/name']")
                try await browser.evaluate(
                    """
                    const choice = document.querySelector("[data-pointer='/walletConfigurationId']");
                    choice.value = "demo"; choice.dispatchEvent(new Event("input"));
                    """)
                try await browser.wait(
                    for: "the fault at the description",
                    "document.querySelector(\"[data-fault='/pass/description']\")?.textContent.length > 10")
                #expect(
                    try await browser.evaluate(
                        "return document.querySelector(\"[data-pointer='/pass/description']\").getAttribute('aria-invalid')"
                    ).stringValue == "true")
                try await browser.type("A card", into: "[data-pointer='/pass/description']")
                try await browser.wait(
                    for: "the fault to go",
                    "document.querySelector(\"[data-fault='/pass/description']\").textContent === ''")
                try await browser.wait(
                    for: "the preview with its barcode",
                    "document.querySelector('.pk-card .barcode img')?.naturalWidth > 0")
                try await browser.click("form button[type='submit']")
                try await browser.wait(for: "the campaign's page", "location.pathname.endsWith('/clicked')")
                try await browser.attach(
                    "\(Checkout.path)/Simulators/Demo/images/icon.png", to: "#image-files")
                try await browser.wait(for: "the image", "document.querySelector('.images li img')?.naturalWidth > 0")
                let campaign = try await platform.admin.call(
                    PassIssuerEndpoints.getCampaign, parameters: ["id": "clicked"])
                #expect(campaign.state == .active && campaign.content.name == "Clicked")
                let link = try await platform.link(for: Person(), campaign: .written("clicked"))
                #expect(try await platform.open(link).status == .ok)
                try await browser.open("\(base)/console/campaigns/clicked/passes")
                try await browser.click("tbody a")
                try await browser.wait(
                    for: "the timeline", "document.querySelector(\".timeline [data-kind='issued']\")")
            }
        }

        @Test("a changed pass that its phone has not fetched names the step that is missing") func timeline()
            async throws
        {
            let platform = try WalletPlatform.shared()
            try await platform.visitConsole { browser, base in
                let phone = try platform.makePhone()
                let person = Person()
                let serial = try await phone.add(link: try await platform.link(for: person)).pass.serialNumber
                try await platform.patch(serial, PassPatch(voucher: .value(["points": 11])))
                try await browser.open("\(base)/console/passes?q=\(person.id)")
                try await browser.click("tbody a")
                try await browser.wait(for: "the missing step", "document.querySelector('[data-waiting]')")
                #expect(
                    try await browser.evaluate("return document.querySelector('main .mono').textContent").stringValue
                        == serial)
            }
        }
    }
}
