import Contracts
import JSON

/// A version of a campaign's content, read once: makes the content of each of its passes.
struct CampaignContent: Sendable {
    /// pass.json's content with tokens.
    let pass: CompiledTemplate
    /// The languages whose translations are the same for all passes.
    let sharedLocalizations: [(language: String, translations: JSONObject)]
    /// The languages whose translations hold tokens.
    let ownLocalizations: [(language: String, template: CompiledTemplate)]
    /// What tokens without a value become.
    let tokens: TokenRule
    /// The form that passes ask their owners to fill in; nil when they ask for nothing.
    let personalization: Personalization?
    /// The check of each pass.
    let finalCheck: FinalCheck

    /// Whether passes may have an expiration date.
    let mayExpire: Bool
    /// Whether passes show the content exactly as it is.
    let isVerbatim: Bool

    /// Reads and checks a campaign's content: every error at once; warnings are the matter of `faults(of:)`.
    /// - Parameters:
    ///   - hasOrganizationName: whether the wallet configuration names the organisation.
    ///   - accepted: the errors that it may have, since a stored version has them.
    init(
        _ campaign: CampaignDefinition, hasOrganizationName: Bool, accepting accepted: AcceptedFaults = AcceptedFaults()
    ) throws(TemplateFaults) {
        let errors = Self.faults(of: campaign, hasOrganizationName: hasOrganizationName).errors
        var faults = accepted.refused(among: errors)
        let body = JSONValue.object(campaign.pass)
        let pass = Self.collecting(&faults) { () throws(TemplateFaults) in
            try CompiledTemplate.compile(body, at: PassValidator.pointer)
        }
        let tokens = Self.collecting(&faults) { () throws(TemplateFaults) in try TokenRule(campaign.tokens) }
        var shared: [(language: String, translations: JSONObject)] = []
        var own: [(language: String, template: CompiledTemplate)] = []
        isVerbatim = campaign.isVerbatim == true
        mayExpire = campaign.pass["expirationDate"] != nil
        let localizations = campaign.localizations ?? [:]
        for (language, translations) in isVerbatim ? localizations : LanguageFallback.completed(localizations) {
            let template = Self.collecting(&faults) { () throws(TemplateFaults) in
                try CompiledTemplate.compile(translations, at: LocalizationCheck.pointer.appending(language))
            }
            if case .constant(.object(let constant)) = template?.root {
                shared.append((language, constant))
            } else if let template {
                own.append((language, template))
            }
        }
        guard let pass, let tokens, faults.isEmpty else { throw TemplateFaults(faults: faults) }
        self.pass = pass
        personalization = PersonalizationRules.asksForSomething(campaign.personalization)
        self.tokens = tokens
        finalCheck = FinalCheck(
            of: body, PassValidator(hasOrganizationName: hasOrganizationName), accepting: Set(errors.map(\.pointer)))
        sharedLocalizations = shared
        ownLocalizations = own
    }

    /// Every error and warning of a campaign's content, malformed tokens apart.
    static func faults(of campaign: CampaignDefinition, hasOrganizationName: Bool) -> [PassFault] {
        let pass = JSONValue.object(campaign.pass)
        return PassValidator(hasOrganizationName: hasOrganizationName).faults(inTemplate: pass)
            + LocalizationCheck.faults(of: campaign.localizations ?? [:], for: pass)
            + PersonalizationRules.faults(of: campaign)
    }

    /// The content of one pass, checked with its real values.
    /// - Parameter isChecked: false for what is only compared: no phone is to see it.
    func content(for values: TokenValues, isChecked: Bool = true) throws(TemplateFaults) -> PassContent {
        var faults: [PassFault] = []
        let rendered = Self.collecting(&faults) { () throws(TemplateFaults) in try pass.render(values, tokens) }
        if isChecked, let rendered { faults += finalCheck.errors(in: rendered) }
        var localizations: [(language: String, translations: JSONObject)] = []
        for (language, template) in ownLocalizations {
            let translations = Self.collecting(&faults) { () throws(TemplateFaults) in
                try template.render(values, tokens)
            }
            guard case .object(let translations) = translations else { continue }
            faults += Self.faults(ofRendered: translations, language)
            localizations.append((language, translations))
        }
        guard case .object(let object) = rendered, faults.isEmpty else { throw TemplateFaults(faults: faults) }
        return PassContent(pass: object, localizations: localizations, isVerbatim: isVerbatim)
    }

    /// A token that is a whole translation may bring what no file of strings can hold.
    private static func faults(ofRendered translations: JSONObject, _ language: String) -> [PassFault] {
        translations.compactMap { text, translation in
            switch translation {
            case .string, .number, .bool: nil
            case .null, .array, .object:
                PassFault(
                    LocalizationCheck.pointer.appending(language).appending(text),
                    "The token brings an object or an array where a translation belongs.",
                    "Reach into it with a longer path.")
            }
        }
    }

    private static func collecting<Value>(
        _ faults: inout [PassFault], _ body: () throws(TemplateFaults) -> Value
    ) -> Value? {
        do throws(TemplateFaults) {
            return try body()
        } catch {
            faults += error.faults
            return nil
        }
    }
}
