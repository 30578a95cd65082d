import JSON

extension PassContent {
    /// A text and where it stands.
    struct Sourced: Sendable {
        let text: LocalizedText
        let source: JSONPointer
    }

    /// Who issues the pass: the content's organisation, the configuration's, the pass's description, the campaign's name.
    ///
    /// What passes share can't be a text that differs between them.
    func issuer(canVary: Bool) -> Sourced {
        if let own = shareable("organizationName", canVary: canVary) { return own }
        if let organizationName, !organizationName.isEmpty {
            let source = JSONPointer(tokens: ["organizationName"])
            return Sourced(text: LocalizedText(value: organizationName), source: source)
        }
        return title(canVary: canVary)
    }

    /// What the pass is: its description, else the campaign's name.
    func title(canVary: Bool) -> Sourced {
        if let own = shareable("description", canVary: canVary) { return own }
        return Sourced(text: LocalizedText(value: campaignName ?? "Pass"), source: JSONPointer(tokens: ["name"]))
    }

    /// The text of a key of pass.json, when it has one that passes can share.
    func shareable(_ key: String, canVary: Bool) -> Sourced? {
        let source = Self.place(key)
        guard let text = pass[key]?.stringValue, !text.isEmpty, canVary || !tokens.vary(at: source) else { return nil }
        let localized = languages.localized(text)
        return Sourced(text: canVary ? localized : localized.withoutVarying, source: source)
    }

    /// A value's text, when passes can share it.
    func shareable(_ found: Found, canVary: Bool) -> LocalizedText? {
        guard canVary || !tokens.vary(at: found.source) else { return nil }
        let text = text(found)
        return canVary ? text : text.withoutVarying
    }
}
