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

        @Test("a stored campaign's label is changed and saved, and the page leads to the rollout of the change")
        func editing() async throws {
            let platform = try WalletPlatform.shared()
            let id = CampaignID.written("relabelled")
            let before = try await platform.putCampaign(id, configuration: WalletPlatform.configuration)
            #expect(try await platform.open(try await platform.link(for: Person(), campaign: id)).status == .ok)
            try await platform.visitConsole { browser, base in
                try await browser.open("\(base)/console/campaigns/\(id)")
                try await browser.type("Score", into: "[data-pointer='/pass/storeCard/headerFields/0/label']")
                try await browser.press("Save")
                // With its one pass the rollout may be over already.
                try await browser.wait(
                    for: "the answer", "document.querySelector('#toast').textContent.startsWith('Saved.')")
                try await browser.wait(
                    for: "the way to the rollout", "document.querySelector(\".head a[href^='/console/rollouts/']\")")
                let after = try await platform.admin.call(
                    PassIssuerEndpoints.getCampaign, parameters: ["id": id.rawValue])
                #expect(after.content.pass["storeCard"]?["headerFields"]?[0]?["label"] == "Score")
                #expect(after.content.localizations == before.content.localizations)
                let rollout = try #require(after.rollout)
                let shown = try await browser.evaluate(
                    """
                    const link = document.querySelector(".head a[href^='/console/rollouts/']");
                    return [link.getAttribute('href'), link.textContent.split(' ')[0],
                        document.querySelector("[data-pointer='/pass/storeCard/headerFields/0/label']").value]
                    """)
                #expect(
                    shown.arrayValue?.compactMap(\.stringValue) == [
                        "/console/rollouts/\(rollout.id)", "Rollout", "Score",
                    ])
            }
        }

        @Test("a pass is found by its serial number, and nothing by a part of it") func search() async throws {
            let platform = try WalletPlatform.shared()
            let serial = try await platform.makePhone().add(link: try await platform.link(for: Person())).pass
                .serialNumber
            try await platform.visitConsole { browser, base in
                try await browser.open("\(base)/console/passes")
                try await browser.type(String(serial.dropLast(4)), into: "#search")
                try await browser.click(".search button")
                try await browser.wait(
                    for: "nothing", "document.querySelector('.empty h2')?.textContent === 'Nothing found'")
                try await browser.type(serial, into: "#search")
                try await browser.click(".search button")
                try await browser.wait(
                    for: "the pass alone",
                    """
                    document.querySelectorAll('tbody tr').length === 1
                        && document.querySelector('tbody a').textContent === arguments[0]
                    """, [.string(serial)])
                try await browser.click("tbody a")
                try await browser.wait(
                    for: "its page",
                    "document.querySelector('.timeline') && document.querySelector('main .mono').textContent === arguments[0]",
                    [.string(serial)])
            }
        }

        @Test("a changed pass whose phone was pushed and has not fetched names the step that is missing")
        func timeline() async throws {
            let platform = try WalletPlatform.shared()
            let service = PushService(client: platform.client, controlURL: platform.apns.controlURL)
            let phone = try platform.makePhone(pushService: service)
            let person = Person()
            let serial = try await phone.add(link: try await platform.link(for: person)).pass.serialNumber
            try await platform.patch(serial, PassPatch(voucher: .value(["points": 11])))
            let missing = try await Self.stepAfterPush(of: serial, platform)
            let words: [PassEventKind: String] = [
                .changesListed: "Waiting for “Phone asked what changed”. The phone was pushed",
                .fetched: "Waiting for “Phone fetched the pass”. The phone knows that the pass changed",
            ]
            let expected = try #require(words[missing])
            try await platform.visitConsole { browser, base in
                try await browser.open("\(base)/console/passes?q=\(person.id)")
                try await browser.click("tbody a")
                try await browser.wait(for: "the timeline", "document.querySelector('main .mono')")
                // Again while a service did not answer in time.
                let address = try #require(try await browser.evaluate("return location.href").stringValue)
                try await eventually("the missing step") {
                    try await browser.open(address)
                    try await browser.wait(for: "the timeline", "document.querySelector('main .mono')")
                    return try await browser.evaluate(
                        "return document.querySelector('[data-waiting]')?.dataset.waiting ?? ''")
                        == .string(missing.rawValue)
                }
                let page = try await browser.evaluate(
                    """
                    const step = document.querySelector('[data-waiting]');
                    return [document.querySelector('main .mono').textContent, step.dataset.waiting, step.textContent]
                    """)
                #expect(page.arrayValue?[0].stringValue == serial)
                #expect(page.arrayValue?[1].stringValue == missing.rawValue)
                let shown = try #require(page.arrayValue?[2].stringValue)
                #expect(shown.hasPrefix(expected), "\(shown)")
            }
        }

        /// Waits until APNs has taken the push of a changed pass; the step that is missing then.
        private static func stepAfterPush(of serial: String, _ platform: WalletPlatform) async throws -> PassEventKind {
            var missing: PassEventKind?
            try await eventually("the push to be taken") {
                let timeline = try await platform.admin.call(
                    PassIssuerEndpoints.getTimeline, parameters: ["serialNumber": serial])
                missing = timeline.waitingFor
                return timeline.missing == nil && timeline.events.contains { $0.kind == .pushAccepted }
                    && (missing == .changesListed || missing == .fetched)
            }
            return try #require(missing)
        }
    }
}
