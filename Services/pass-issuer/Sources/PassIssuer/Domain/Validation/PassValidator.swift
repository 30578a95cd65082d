import JSON

/// Checks the content of passes against all that Apple demands and phones expect; every fault at once.
struct PassValidator: Sendable {
    /// Where the content stands in the campaign's body.
    static let pointer = JSONPointer(tokens: ["pass"])

    /// Whether the wallet configuration names the organisation when the content does not.
    let hasOrganizationName: Bool

    /// The style of content; nil when it has none or several.
    static func style(of pass: JSONObject) -> PassStyle? {
        let styles = PassStyle.allCases.filter { pass[$0.rawValue] != nil }
        return styles.count == 1 ? styles[0] : nil
    }

    /// The faults of content whose strings may hold tokens; what a token decides is left to the final check.
    func faults(inTemplate pass: JSONValue) -> [PassFault] {
        faults(in: pass, .template)
    }

    /// The faults of content with its real values, before the platform's own keys are added.
    func faults(inRendered pass: JSONValue) -> [PassFault] {
        faults(in: pass, .rendered)
    }

    /// The faults of a package's content, without the keys that name a pass.
    func faults(inPackage pass: JSONValue) -> [PassFault] {
        faults(in: pass, .package)
    }

    private func faults(in pass: JSONValue, _ subject: Inspection.Subject) -> [PassFault] {
        var inspection = Inspection(of: subject, at: Self.pointer)
        guard case .object(let object) = pass else {
            inspection.refuse("The pass is no object.", "Write pass.json's content as an object.")
            return inspection.faults
        }
        let style = Self.style(of: object)
        inspection.check(object, PassKeys.table)
        if !hasOrganizationName, object["organizationName"] == nil {
            inspection.record(
                .error, at: "organizationName", "Neither the pass nor its wallet configuration names the organisation.",
                "Add \"organizationName\" to one of them.")
        }
        StyleRules.check(object, style: style, &inspection)
        BarcodeRules.check(object, &inspection)
        RelevanceRules.check(object, style: style, &inspection)
        FeatureRules.check(object, style: style, &inspection)
        SchemeRules.check(object, style: style, &inspection)
        SemanticRules.check(object, &inspection)
        UpcomingRules.check(object, style: style, &inspection)
        ChangeRules.check(object, style: style, &inspection)
        return inspection.faults
    }
}
