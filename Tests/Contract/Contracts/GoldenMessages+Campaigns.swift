import Contracts
import HTTPTypes
import JSON

extension GoldenMessages {
    static let campaigns = [
        GoldenMessage("pass-issuer/campaign-request", closed: ["", "/google", "/tokens", "/personalization"]) {
            try CampaignRequest(
                name: "Spring loyalty", walletConfigurationId: id("acme"),
                pass: [
                    "description": "Loyalty card of {{contact.firstName}}",
                    "storeCard": [
                        "primaryFields": [["key": "points", "label": "Points", "value": "{{voucher.value}}"]]
                    ],
                    "aKeyOfTomorrow": [number("1.50"), number("1E3"), .null],
                ],
                localizations: ["de": ["Points": "Punkte"]],
                google: GoogleOverrides(
                    kind: .loyalty, classPatch: ["programName": "Spring"],
                    objectPatch: ["state": "ACTIVE", "validTimeInterval": .null]),
                tokens: TokenPolicy(onMissing: .reject, defaults: ["contact.firstName": "there"]),
                personalization: Personalization(
                    requiredFields: [.name, .emailAddress], description: "Collect points with every purchase.",
                    termsAndConditions: #"<a href="https://acme.example/terms">Terms</a>"#),
                endsAt: instant("2027-06-30T00:00:00Z"))
        },
        GoldenMessage("pass-issuer/campaign", closed: ["", "/google", "/googleClass", "/rollout"]) {
            try Campaign(
                content: CampaignRequest(
                    name: "Spring loyalty", walletConfigurationId: id("acme"),
                    pass: ["description": "Loyalty card", "storeCard": [:]], google: GoogleOverrides(kind: .flight),
                    endsAt: instant("2027-06-30T00:00:00Z")),
                id: id("spring-loyalty"), version: 4, state: .active,
                warnings: ["logo.png is larger than its role needs."],
                googleClass: GoogleClassStatus(
                    classId: "3388000000012345678.spring-loyalty", state: .failed, variants: 3,
                    error: "Google refused the class: reviewStatus"),
                passes: 1200,
                rollout: Rollout(
                    id: id("0198c1d2-7a5b-7c3e-9f10-2b3c4d5e6f71"), campaignId: id("spring-loyalty"),
                    cause: .campaignChanged, state: .running, total: 1200, notified: 0, failed: 0,
                    startedAt: instant("2026-06-02T09:30:00Z")),
                createdAt: instant("2026-06-01T08:00:00Z"), updatedAt: instant("2026-06-02T09:30:00Z"))
        },
        GoldenMessage("pass-issuer/campaign-draft", closed: ["", "/tokens", "/googleClass"]) {
            try Campaign(
                content: CampaignRequest(
                    name: "Spring loyalty", walletConfigurationId: id("acme"),
                    pass: ["description": "Loyalty card", "storeCard": [:]], tokens: TokenPolicy(onMissing: .empty)),
                id: id("spring-loyalty"), version: 1, state: .draft, googleClass: GoogleClassStatus(state: .none),
                passes: 0, createdAt: instant("2026-06-01T08:00:00Z"), updatedAt: instant("2026-06-01T08:00:00Z"))
        },
    ]
}
