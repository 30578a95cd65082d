import Contracts
import HTTPTypes
import JSON

extension GoldenMessages {
    private static let ada: JSONObject = ["id": "c-1", "firstName": "Ada"]
    private static let voucher: JSONObject = ["code": "AB12", "value": 10.5]

    static let passes = [
        GoldenMessage("pass-issuer/links-request") {
            LinksRequest(requests: [
                [
                    "id": "r-1", "campaignId": "spring-loyalty", "platform": "apple", "passKey": "c-1",
                    "contact": .object(ada), "voucher": .object(voucher), "expiresAt": "2027-01-01T00:00:00Z",
                ],
                ["platform": "fax"],
            ])
        },
        GoldenMessage("pass-issuer/link-request") {
            try LinkRequest(
                id: "r-1", campaignId: id("spring-loyalty"), platform: .apple, passKey: id("c-1"), contact: ada,
                voucher: voucher, expiresAt: instant("2027-01-01T00:00:00Z"))
        },
        GoldenMessage("pass-issuer/link-request-small") {
            try LinkRequest(id: "r-2", campaignId: id("spring-loyalty"), platform: .any)
        },
        GoldenMessage("pass-issuer/link-request-passes") {
            try LinkRequest(
                id: "r-3", platform: .any,
                passes: [
                    LinkedPass(campaignId: id("spring-loyalty"), passKey: id("c-1"), contact: ada, voucher: voucher),
                    LinkedPass(campaignId: id("autumn")),
                ])
        },
        GoldenMessage("pass-issuer/freshness-request", closed: ["", "/packages/0"]) {
            try FreshnessRequest(packages: [
                KnownPackage(
                    passTypeIdentifier: id("pass.com.acme.loyalty"), serialNumber: id("0f9c1b"),
                    ifModifiedSince: instant("2026-06-02T09:30:00Z"))
            ])
        },
        GoldenMessage("pass-issuer/freshness-answer") {
            FreshnessAnswer(lastModified: [try instant("2026-06-02T09:30:00Z"), nil])
        },
        GoldenMessage("pass-issuer/links-answer", closed: ["", "/urls/0", "/urls/1/error"]) {
            LinksAnswer(urls: [
                LinkAnswer(id: "r-1", url: "https://pass.acme.example/api/pass/create/eyJhbGciOiJIUzI1NiJ9"),
                LinkAnswer(
                    id: nil,
                    error: LinkFault(
                        detail: "expected one of apple, google, any",
                        pointer: .root.appending("requests").appending(1).appending("platform"))),
            ])
        },
        GoldenMessage("pass-issuer/pass") {
            try Pass(
                serialNumber: id("0f9c1b"), campaignId: id("spring-loyalty"), platforms: [.apple, .google],
                contact: ada, voucher: voucher, voided: false, version: 3, dataAt: instant("2026-06-01T07:59:58Z"),
                createdAt: instant("2026-06-01T08:00:00Z"), updatedAt: instant("2026-06-02T09:30:00Z"),
                personalizedAt: instant("2026-06-02T09:30:00Z"), installations: 2)
        },
        GoldenMessage("pass-issuer/pass-changed") {
            try Pass(
                serialNumber: id("0f9c1b"), campaignId: id("spring-loyalty"), platforms: [.apple], version: 2,
                dataAt: instant("2026-06-01T07:59:58Z"), createdAt: instant("2026-06-01T08:00:00Z"),
                updatedAt: instant("2026-06-02T09:30:00Z"), warnings: ["The value of points changed."])
        },
        GoldenMessage("pass-issuer/personalization-request", closed: ["", "/requiredPersonalizationInfo"]) {
            try PersonalizationRequest(
                personalizationToken: id("6BA7B810-9DAD-11D1-80B4-00C04FD430C8"),
                requiredPersonalizationInfo: PersonalizationInfo([
                    .fullName: "Ada Lovelace", .givenName: "Ada", .familyName: "Lovelace",
                    .emailAddress: "ada@example.com", .postalCode: "W1J 9LD", .countryCode: "GB",
                    .phoneNumber: "+44 20 7946 0000",
                ]))
        },
        GoldenMessage("pass-issuer/pass-patch") {
            PassPatch(
                contact: .value(["firstName": "Grace", "nickname": .null]), voucher: .null, voided: .value(true))
        },
    ]
}
