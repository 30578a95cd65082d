import JSON

extension PassContent {
    /// Whether a value is known, or is each pass's own and so can't be known yet.
    ///
    /// Both class and object ask this way, so that they choose alike.
    func isVaryingOr(_ found: Found, _ isUsable: (Found) -> Bool) -> Bool {
        tokens.vary(at: found.source) || isUsable(found)
    }

    /// The label of the field that shows a value, when passes can share it and it says more than Google's own would.
    ///
    /// Google's labels are translated; one that is the same word in English is better than ours.
    func ownLabel(of found: Found?, unlike standard: String...) -> Sourced? {
        guard let found, let field = field(of: found), let label = field.label,
            !tokens.vary(at: field.labelPointer)
        else { return nil }
        let text = languages.localized(label).withoutVarying
        let isStandard = text.translations.isEmpty && standard.contains(label.lowercased())
        return isStandard ? nil : Sourced(text: text, source: field.labelPointer)
    }
}

extension ResourceDraft {
    /// Sets a label that the content has and Google has not.
    mutating func setLabel(_ label: PassContent.Sourced?, at key: String, in content: PassContent) {
        guard let label else { return }
        set(label.text, at: key, from: label.source, in: content)
    }

    /// Sets a plain text that is not translated.
    mutating func setText(_ found: Found?, at path: String..., in content: PassContent) {
        guard let found else { return }
        // What is empty for one pass is not for another, and both have the same plan.
        note(path, from: found.source)
        let text = content.plainText(found)
        if !text.isEmpty { set(.string(text), at: path) }
    }

    /// Sets a text with its translations.
    mutating func setLocalized(_ found: Found?, at path: String..., in content: PassContent) {
        guard let found else { return }
        note(path, from: found.source)
        set(content.text(found), at: path, in: content)
    }

    /// Sets an amount of a currency.
    mutating func setMoney(_ found: Found?, at path: String..., in content: PassContent) {
        guard let found else { return }
        setMoney(found, at: path, in: content)
    }

    /// Sets an amount of a currency.
    mutating func setMoney(_ found: Found, at path: [String], in content: PassContent) {
        let amount = content.amount(found)
        set(.string(amount.currencyCode ?? ""), at: path + ["currencyCode"], from: found.source)
        if content.isRaw(found.source) {
            set(.string(amount.text), at: path + ["micros"], from: found.source)
        } else if let micros = ExactDecimal(amount.text).flatMap(Money.micros) {
            set(.string(micros), at: path + ["micros"], from: found.source)
        } else {
            fail(
                found.source, "'\(amount.text.prefix(40))' is not an amount that Google can count.",
                "Use a number with six decimals at most.")
        }
    }
}

extension PassContent {
    /// An amount of a currency, as a semantic tag or a field has it.
    struct Amount: Sendable {
        let text: String
        let currencyCode: String?
    }

    /// Reads an amount of a currency.
    func amount(_ found: Found) -> Amount {
        if found.isFieldValue, let field = field(of: found) {
            return Amount(text: Self.plain(found.value), currencyCode: field.currencyCode)
        }
        let number = found.value["amount"].map(Self.plain) ?? Self.plain(found.value)
        let code = found.value["currencyCode"]?.stringValue ?? field(of: found)?.currencyCode
        return Amount(text: number, currencyCode: code)
    }
}
