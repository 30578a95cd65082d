import Contracts
import Cryptography
import HTTPTypes

// How what we hold is shown to administrators; never a secret.

extension Contracts.WalletConfiguration {
    init(_ configuration: WalletConfiguration, at now: Instant) {
        let certificate = configuration.apple.flatMap { try? Certificate(der: $0.certificate) }
        self.init(
            id: configuration.id, name: configuration.name, organizationName: configuration.organizationName,
            apple: configuration.apple.map { AppleConfiguration($0, certificate) },
            google: configuration.google.map {
                GoogleConfiguration(issuerId: $0.issuerID, clientEmail: $0.clientEmail)
            }, createdAt: configuration.createdAt, updatedAt: configuration.updatedAt,
            warnings: certificate.map { AppleCredentials.warnings(about: $0, at: now) } ?? [])
    }
}

extension AppleConfiguration {
    fileprivate init(_ identity: AppleIdentity, _ certificate: Certificate?) {
        self.init(
            passTypeIdentifier: identity.passTypeIdentifier, teamIdentifier: identity.teamIdentifier,
            certificate: certificate.flatMap(CertificateSummary.init),
            pushKey: identity.pushKey.map { PushKeySummary(keyId: $0.keyID, teamId: $0.teamID) })
    }
}

extension CertificateSummary {
    init?(_ certificate: Certificate) {
        guard let sha256 = ContentHash(rawValue: certificate.sha256) else { return nil }
        self.init(
            subject: certificate.subject, issuer: certificate.issuer, serialNumber: certificate.serialNumberHex,
            notBefore: Instant(seconds: certificate.notBefore), notAfter: Instant(seconds: certificate.notAfter),
            sha256: sha256)
    }
}

extension Contracts.Campaign {
    init(_ campaign: Campaign, passes: Int, standing: CampaignStanding?, at now: Instant) {
        let request = CampaignRequest(
            name: campaign.name, walletConfigurationId: campaign.walletConfiguration, pass: campaign.definition.pass,
            localizations: campaign.definition.localizations, google: campaign.definition.google,
            tokens: campaign.definition.tokens, personalization: campaign.definition.personalization,
            endsAt: campaign.endsAt)
        self.init(
            content: request, id: campaign.id, version: campaign.version,
            state: CampaignState(
                activatedAt: campaign.activatedAt, endsAt: campaign.endsAt, endedAt: campaign.endedAt, at: now),
            warnings: CampaignReview.warnings(about: campaign, issuer: standing?.issuer),
            googleClass: GoogleClassStatus(state: .none), passes: passes, createdAt: campaign.createdAt,
            updatedAt: campaign.updatedAt)
    }
}

extension Contracts.Rollout {
    init(_ shown: RolloutAdministration.Shown, at now: Instant) {
        let rollout = shown.rollout
        self.init(
            id: rollout.id, campaignId: rollout.campaign, cause: rollout.cause, state: rollout.state,
            total: rollout.total, notified: rollout.notified, unchanged: rollout.unchanged, failed: rollout.failed,
            errors: shown.errors, startedAt: rollout.startedAt, finishedAt: rollout.finishedAt,
            ratePerSecond: rollout.ratePerSecond, remainingSeconds: rollout.remainingSeconds(at: now))
    }
}

extension Contracts.Pass {
    init(_ pass: Pass, installations: Int?) {
        self.init(
            serialNumber: pass.serialNumber, campaignId: pass.campaign,
            platforms: Platform.allCases.filter(pass.platforms.contains), contact: pass.contact,
            voucher: pass.voucher, voided: pass.voided, version: pass.version, dataAt: pass.dataAt,
            createdAt: pass.createdAt, updatedAt: pass.updatedAt, personalizedAt: pass.enrolment?.at,
            erasedAt: pass.erasedAt, installations: installations)
    }
}
