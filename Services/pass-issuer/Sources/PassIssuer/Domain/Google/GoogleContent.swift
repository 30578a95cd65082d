import Contracts
import HTTPTypes
import JSON

/// What a campaign version tells google-bridge: its content as a class, and each pass as an object.
///
/// google-bridge maps it to Google's words; here it is only put together.
struct GoogleContent: Sendable {
    let walletConfiguration: WalletConfigurationID
    let organizationName: String?
    let images: [GoogleImage]
    let kind: GooglePassKind?
    /// The merge patch on the class; it holds no tokens.
    let classPatch: JSONObject?
    /// The merge patch on the object, with tokens.
    let objectPatch: CompiledTemplate?

    /// Where the campaign's body has Google's part.
    static let pointer = JSONPointer(tokens: ["google"])

    /// Reads a campaign's part for Google; every fault at once.
    init(
        _ overrides: GoogleOverrides?, images: [ImageFile: CampaignImage], walletConfiguration: WalletConfigurationID,
        organizationName: String?
    ) throws(TemplateFaults) {
        let faults = Self.faults(of: overrides)
        guard faults.isEmpty else { throw TemplateFaults(faults: faults) }
        self.walletConfiguration = walletConfiguration
        self.organizationName = organizationName
        self.images = images.sorted { $0.key < $1.key }.map { file, image in
            GoogleImage(file: file, sha256: image.sha256, width: image.width, height: image.height)
        }
        kind = overrides?.kind
        // Without tokens what remains of the template is the text itself, its escapes undone.
        classPatch = try overrides?.classPatch.map { patch throws(TemplateFaults) in
            try CompiledTemplate.compile(.object(patch), at: Self.pointer.appending("class")).written().value
        }?.objectValue
        objectPatch = try overrides?.objectPatch.map { patch throws(TemplateFaults) in
            try CompiledTemplate.compile(.object(patch), at: Self.pointer.appending("object"))
        }
    }

    /// Every fault of the overrides that can be told without asking google-bridge.
    static func faults(of overrides: GoogleOverrides?) -> [PassFault] {
        var faults: [PassFault] = []
        for (key, patch) in [("class", overrides?.classPatch), ("object", overrides?.objectPatch)] {
            guard let patch else { continue }
            do throws(TemplateFaults) {
                let template = try CompiledTemplate.compile(.object(patch), at: pointer.appending(key))
                guard key == "class" else { continue }
                faults += template.written().tokenPointers.map {
                    PassFault(
                        $0, "All passes of the campaign share its class, so it can't hold a token.",
                        "Write a fixed text, or put the token into `google.object`.")
                }
            } catch {
                faults += error.faults
            }
        }
        return faults
    }
}

extension GoogleContent {
    /// The campaign's class, as google-bridge is asked for it.
    func classRequest(of content: CampaignContent, name: String, version: Int) -> GoogleClassRequest {
        let (pass, passPointers) = content.pass.written()
        var pointers = passPointers
        var localizations = content.sharedLocalizations.mapValues()
        for (language, template) in content.ownLocalizations {
            let (translations, own) = template.written()
            pointers += own
            localizations[language] = translations.objectValue?.texts ?? [:]
        }
        let object = objectPatch?.written()
        pointers += object?.tokenPointers ?? []
        return GoogleClassRequest(
            walletConfigurationId: walletConfiguration, version: version, name: name,
            organizationName: organizationName, pass: pass.objectValue ?? [:], localizations: localizations,
            tokenPointers: pointers.map(\.description), images: images,
            google: overrides(object: object?.value.objectValue))
    }

    /// A pass's object, as google-bridge is asked for it.
    func objectRequest(
        of pass: Pass, showing passContent: PassContent, in content: CampaignContent
    ) throws(TemplateFaults) -> GoogleObjectRequest {
        var localizations = content.sharedLocalizations.mapValues()
        for (language, translations) in passContent.localizations { localizations[language] = translations.texts }
        let values = TokenValues(contact: pass.contact, voucher: pass.voucher)
        let object = try objectPatch?.render(
            values, pass.erasedAt == nil ? content.tokens : content.tokens.forErasedPasses
        ).objectValue
        return GoogleObjectRequest(
            campaignId: pass.campaign, walletConfigurationId: walletConfiguration,
            campaignVersion: pass.campaignVersion, version: pass.version, organizationName: organizationName,
            pass: passContent.pass, localizations: localizations, images: images, google: overrides(object: object),
            voided: pass.voided)
    }

    private func overrides(object: JSONObject?) -> GoogleOverrides? {
        guard kind != nil || classPatch != nil || object != nil else { return nil }
        return GoogleOverrides(kind: kind, classPatch: classPatch, objectPatch: object)
    }
}

extension [(language: String, translations: JSONObject)] {
    fileprivate func mapValues() -> [String: [String: String]] {
        Dictionary(map { ($0.language, $0.translations.texts) }) { first, _ in first }
    }
}

extension JSONObject {
    /// The members as texts: a translation may be a number that a token brought.
    fileprivate var texts: [String: String] {
        var texts: [String: String] = [:]
        for (text, translation) in self {
            switch translation {
            case .string(let value): texts[text] = value
            case .number(let value): texts[text] = value.text
            case .bool(let value): texts[text] = value ? "true" : "false"
            case .null, .array, .object: continue
            }
        }
        return texts
    }
}
