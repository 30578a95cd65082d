import Contracts
import HTTPClient
import HTTPTypes
import JSON

/// What a pass of a campaign would be; nothing is stored, and no phone can update it.
struct PassPreview: Sendable {
    let campaigns: CampaignStore
    let walletConfigurations: WalletConfigurationStore
    let library: CampaignLibrary
    let bridge: GoogleBridgeClient

    /// The serial number of a pass that is none.
    static let serialNumber = "preview"

    /// The final pass.json; a draft has one too.
    func passJSON(of id: CampaignID, _ request: PreviewRequest, at now: Instant) async throws -> JSONObject {
        let (wallet, campaign) = try await campaign(id, request)
        let content = try campaign.check(pass(of: campaign, id, request, at: now))
        let pass = content.passJSON(identity: try await identity(wallet, campaign), voided: false)
        guard let language = request.language else { return pass }
        return campaign.content.translations(of: content, into: language).applied(to: pass)
    }

    /// The signed package.
    func package(of id: CampaignID, _ request: PreviewRequest, at now: Instant) async throws -> PassPackage {
        let (wallet, campaign) = try await campaign(id, request)
        let identity = try await identity(wallet, campaign)
        let apple = try campaign.apple.get()
        let content = try campaign.check(pass(of: campaign, id, request, at: now))
        do throws(PackageFault) {
            return try apple.packages.package(content, identity: identity, at: now.wholeSeconds)
        } catch {
            throw IssuingError.package(error)
        }
    }

    /// What would be written to Google.
    func google(of id: CampaignID, _ request: PreviewRequest, at now: Instant) async throws -> GooglePreviewAnswer {
        let (_, campaign) = try await campaign(id, request)
        let object = try campaign.googleObject(of: pass(of: campaign, id, request, at: now))
        do throws(RPCError) {
            return try await bridge.preview(object)
        } catch {
            throw IssuingError(google: error)
        }
    }

    /// The wallet configuration and content to show: the campaign's, or what came with the request.
    private func campaign(
        _ id: CampaignID, _ request: PreviewRequest
    ) async throws -> (WalletConfigurationID, IssuableCampaign) {
        let standing = try await campaigns.standing(of: id)
        if let content = request.content { return try await campaign(of: content, standing) }
        guard let standing else { throw AdministrationError.unknown("campaign") }
        return (standing.walletConfiguration, try await library.issuable(standing))
    }

    private func campaign(
        of content: CampaignRequest, _ standing: CampaignStanding?
    ) async throws -> (WalletConfigurationID, IssuableCampaign) {
        let id = content.walletConfigurationId
        guard let configuration = try await walletConfigurations.configuration(id) else {
            throw AdministrationError.faulty([.unknownWalletConfiguration(id)])
        }
        var stored: CampaignVersion?
        if let standing { stored = try await campaigns.version(standing.version, of: standing.campaign) }
        let version = CampaignVersion(
            number: stored?.number ?? 1, definition: CampaignDefinition(content), images: stored?.images ?? [:],
            pictures: stored?.pictures ?? [:])
        return (id, try library.maker.issuable(version, under: library.wallets.opened(configuration)))
    }

    /// A pass with the values that were given, or with samples when none were.
    private func pass(
        of campaign: IssuableCampaign, _ id: CampaignID, _ request: PreviewRequest, at now: Instant
    ) throws(IssuingError) -> Pass {
        guard let serialNumber = SerialNumber(rawValue: Self.serialNumber),
            let key = PassKey(rawValue: Self.serialNumber)
        else { throw .unknownPass }  // Not reached: both take such a text.
        var values = TokenValues(contact: request.contact ?? [:], voucher: request.voucher ?? [:])
        if request.sample != nil || (request.contact == nil && request.voucher == nil) {
            values = SampleValues(for: campaign.content, request.sample ?? .typical).values.overridden(by: values)
        }
        return Pass(
            serialNumber: serialNumber, campaign: id, passKey: key, platforms: [request.platform],
            contact: values.contact, voucher: values.voucher, voided: false, campaignVersion: campaign.version,
            version: 1, tokenKeyID: "", dataAt: now, lastModified: now.wholeSeconds, createdAt: now, updatedAt: now)
    }

    private func identity(_ wallet: WalletConfigurationID, _ campaign: IssuableCampaign) async throws -> PassIdentity {
        guard let apple = try await walletConfigurations.configuration(wallet)?.apple else {
            throw IssuingError.platformNotConfigured(.apple)
        }
        return PassIdentity(
            passTypeIdentifier: apple.passTypeIdentifier.rawValue, teamIdentifier: apple.teamIdentifier.rawValue,
            serialNumber: Self.serialNumber, organizationName: campaign.organizationName)
    }
}
