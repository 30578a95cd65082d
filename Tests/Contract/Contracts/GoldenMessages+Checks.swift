import Contracts
import HTTPTypes
import JSON

extension GoldenMessages {
    static let checks = [
        GoldenMessage("pass-issuer/package-check-answer", closed: ["", "/passes/0", "/findings/0"]) {
            try PackageCheckAnswer(
                state: .failed,
                passes: [
                    CheckedPass(
                        style: "storeCard", passTypeIdentifier: "pass.example.demo", teamIdentifier: "TEAM123456",
                        serialNumber: "S-1",
                        certificate: CertificateSummary(
                            subject: "CN=Pass Type ID: pass.example.demo", issuer: "CN=Demo", serialNumber: "01",
                            notBefore: instant("2026-06-01T00:00:00Z"), notAfter: instant("2027-06-01T00:00:00Z"),
                            sha256: id(String(repeating: "0", count: 64))), signedAt: instant("2026-06-02T09:30:00Z")),
                    CheckedPass(file: "b.pkpass"),
                ],
                findings: [
                    PackageFinding(
                        severity: .error, file: "pass.json", pointer: "/barcodes/0/format",
                        detail: "The barcode has no format.", effect: "iOS draws no barcode.", remedy: "Add it."),
                    PackageFinding(
                        severity: .information, detail: "The pass has expired.", effect: "iOS shows it all the same."),
                ])
        },
        GoldenMessage("pass-issuer/preview-request", closed: [""]) {
            PreviewRequest(
                platform: .apple, contact: ["id": "c-1"], voucher: ["value": try number("10.5")], sample: .longest,
                language: "de")
        },
        GoldenMessage("pass-issuer/preview-request-small", closed: [""]) { PreviewRequest(platform: .google) },
        GoldenMessage("pass-issuer/campaign-validation") {
            CampaignValidation(
                errors: [ProblemError(pointer: "/pass/description", detail: "It is missing. Add it.")],
                warnings: ["icon.png is missing."])
        },
        GoldenMessage("pass-issuer/barcode-request", closed: [""]) {
            BarcodeRequest(format: "PKBarcodeFormatQR", message: "c-1", messageEncoding: "iso-8859-1")
        },
        GoldenMessage("pass-issuer/console-session-answer") {
            ConsoleSessionAnswer(csrfToken: "YWJj", expiresAt: Instant(seconds: 1_800_000_000))
        },
    ]
}
