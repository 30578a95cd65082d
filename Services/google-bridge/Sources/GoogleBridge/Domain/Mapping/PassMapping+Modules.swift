import JSON

extension PassMapping {
    /// One text module for each field that none of the kind's own fields shows.
    func writeModules(_ draft: inout ResourceDraft) {
        var modules: [JSONValue] = []
        var ids: Set<String> = []
        for field in moduleFields where !isLinkAlone(field) {
            guard ids.insert(field.moduleID).inserted else { continue }
            let path = ["textModulesData", String(modules.count)]
            modules.append(.object(module(of: field)))
            draft.note(path, from: field.pointer)
            draft.note(path + ["header"], from: field.labelPointer)
            draft.note(path + ["body"], from: field.valuePointer)
        }
        if !modules.isEmpty { draft.set(.array(modules), at: "textModulesData") }
    }

    private func module(of field: ContentField) -> JSONObject {
        var module: JSONObject = ["id": .string(field.moduleID)]
        set(content.label(of: field), "header", in: &module)
        var body = content.text(of: field)
        // A module without a body is none, and the template refers to it.
        if body.value.isEmpty { body.value = "–" }
        set(body, "body", in: &module)
        return module
    }

    private func set(_ text: LocalizedText?, _ key: String, in module: inout JSONObject) {
        guard let text, !text.isEmpty else { return }
        module[key] = .string(text.value)
        guard !text.translations.isEmpty else { return }
        module[ResourceDraft.localizedKey(key)] = text.json(content.languages.defaultTag)
    }
}
