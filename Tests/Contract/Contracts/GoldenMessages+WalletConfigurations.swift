import Contracts
import HTTPTypes
import JSON

extension GoldenMessages {
    private static let certificate = pem("CERTIFICATE", "MIIB")
    private static let intermediate = pem("CERTIFICATE", "MIIC")

    static let walletConfigurations = [
        GoldenMessage("pass-issuer/wallet-configuration-request", closed: ["", "/apple", "/google"]) {
            try WalletConfigurationRequest(
                name: "Acme", organizationName: "Acme Ltd",
                apple: .value(
                    AppleConfigurationRequest(
                        certificate: certificate, privateKey: Confidential(pem("PRIVATE KEY", "MIID")),
                        privateKeyPassword: Confidential("correct horse"), intermediate: intermediate)),
                google: .value(
                    GoogleConfigurationRequest(
                        issuerId: id("3388000000012345678"),
                        serviceAccount: Confidential([
                            "type": "service_account", "client_email": "wallet@acme.iam.gserviceaccount.com",
                            "private_key": .string(pem("PRIVATE KEY", "MIIE")),
                            "token_uri": "https://oauth2.googleapis.com/token",
                        ]))))
        },
        GoldenMessage("pass-issuer/wallet-configuration-request-name") { WalletConfigurationRequest(name: "Acme") },
        GoldenMessage("pass-issuer/wallet-configuration-request-pkcs12", closed: ["", "/apple", "/apple/pushKey"]) {
            try WalletConfigurationRequest(
                name: "Acme", organizationName: "Acme Ltd",
                apple: .value(
                    AppleConfigurationRequest(
                        pkcs12: Confidential("MIIKFAIBAzCC"), password: Confidential("battery staple"),
                        pushKey: .value(
                            PushKey(
                                keyId: id("ABC123DEFG"), teamId: id("A1B2C3D4E5"),
                                privateKey: Confidential(pem("PRIVATE KEY", "MIGT")))))),
                google: .null)
        },
        GoldenMessage("pass-issuer/wallet-configuration-request-signing-request", closed: ["", "/apple"]) {
            try WalletConfigurationRequest(
                name: "Acme", organizationName: "Acme Ltd",
                apple: .value(
                    AppleConfigurationRequest(
                        certificate: certificate, intermediate: intermediate,
                        signingRequest: id("0198c1d2-7a5b-7c3e-9f10-2b3c4d5e6f70"), pushKey: .null)))
        },
        GoldenMessage("pass-issuer/wallet-configuration", closed: ["", "/apple", "/apple/certificate", "/google"]) {
            try WalletConfiguration(
                id: id("acme"), name: "Acme", organizationName: "Acme Ltd",
                apple: AppleConfiguration(
                    passTypeIdentifier: id("pass.com.acme.loyalty"), teamIdentifier: id("A1B2C3D4E5"),
                    certificate: certificateSummary(),
                    pushKey: PushKeySummary(keyId: id("ABC123DEFG"), teamId: id("A1B2C3D4E5"))),
                google: GoogleConfiguration(
                    issuerId: id("3388000000012345678"), clientEmail: "wallet@acme.iam.gserviceaccount.com"),
                createdAt: instant("2026-06-01T08:00:00Z"), updatedAt: instant("2026-06-02T09:30:00Z"),
                warnings: ["The certificate ends in 14 days."])
        },
        GoldenMessage("pass-issuer/wallet-configuration-name") {
            try WalletConfiguration(
                id: id("acme"), name: "Acme", createdAt: instant("2026-06-01T08:00:00Z"),
                updatedAt: instant("2026-06-01T08:00:00Z"))
        },
        GoldenMessage("pass-issuer/signing-request") {
            try SigningRequest(
                id: id("0198c1d2-7a5b-7c3e-9f10-2b3c4d5e6f70"), csr: pem("CERTIFICATE REQUEST", "MIIC"))
        },
        GoldenMessage("pass-issuer/configuration-checks", closed: ["", "/checks/0"]) {
            ConfigurationChecks(checks: [
                ConfigurationCheck(name: "certificateChain", state: .ok, detail: "The chain is complete."),
                ConfigurationCheck(
                    name: "certificateExpiry", state: .warning, detail: "The certificate ends in 7 days.",
                    remedy: "Make a signing request and put the new certificate."),
                ConfigurationCheck(
                    name: "apnsHandshake", state: .failed, detail: "APNs refused the certificate.",
                    remedy: "Put a certificate of this pass type."),
            ])
        },
    ]

    private static func certificateSummary() throws -> CertificateSummary {
        try CertificateSummary(
            subject: "UID=pass.com.acme.loyalty,CN=Pass Type ID: pass.com.acme.loyalty,OU=A1B2C3D4E5,O=Acme Ltd,C=GB",
            issuer: "CN=Apple Worldwide Developer Relations Certification Authority,OU=G4,O=Apple Inc.,C=US",
            serialNumber: "13dc77955271e53dc632e8ccffe521f3ccc5ced2", notBefore: instant("2026-05-01T12:00:00Z"),
            notAfter: instant("2027-05-01T12:00:00Z"),
            sha256: id("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
    }
}
