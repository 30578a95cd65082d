import JSON

extension PassMapping {
    /// The links of the pass's own keys that are the same for all passes.
    func writeSharedLinks(_ draft: inout ResourceDraft) {
        var list = LinkList(content)
        for link in content.passLinks where !content.tokens.vary(at: link.source) { list.append(link) }
        list.write(&draft)
    }

    /// The links of the back's fields, and of the pass's own keys that differ between passes.
    func writeLinks(_ draft: inout ResourceDraft) {
        var list = LinkList(content)
        for field in content.fields where field.group.isTouchable {
            for link in content.links(of: field) { list.append(link) }
        }
        for link in content.passLinks where content.tokens.vary(at: link.source) { list.append(link) }
        list.write(&draft)
    }

    /// Whether all that a field shows is one link, which needs no text beside it.
    func isLinkAlone(_ field: ContentField) -> Bool {
        guard field.group.isTouchable, !content.isRaw(field.pointer) else { return false }
        let links = content.links(of: field)
        guard links.count == 1, let link = links.first else { return false }
        let text = content.text(of: field).value.trimmingSpaces
        return link.text.map { $0.trimmingSpaces == text } ?? [text, "mailto:" + text].contains(link.uri)
            || link.uri == Links.phoneNumber(text).map { "tel:" + $0 }
    }
}

/// Google's list of links, each with an id of its own.
private struct LinkList {
    private let content: PassContent
    private var uris: [JSONValue] = []
    private var sources: [JSONPointer] = []
    private var ids: Set<String> = []
    private var addresses: Set<String> = []

    init(_ content: PassContent) {
        self.content = content
    }

    mutating func append(_ link: ContentLink) {
        guard addresses.insert(link.uri).inserted else { return }
        var uri: JSONObject = ["uri": .string(link.uri), "id": .string(id(link.moduleID))]
        if let description = link.description, !description.isEmpty {
            uri["description"] = .string(description.value)
            if !description.translations.isEmpty {
                uri["localizedDescription"] = description.json(content.languages.defaultTag)
            }
        }
        uris.append(.object(uri))
        sources.append(link.source)
    }

    func write(_ draft: inout ResourceDraft) {
        guard !uris.isEmpty else { return }
        draft.set(.array(uris), at: "linksModuleData", "uris")
        for (index, source) in sources.enumerated() {
            draft.note(["linksModuleData", "uris", String(index)], from: source)
        }
    }

    private mutating func id(_ wanted: String) -> String {
        var id = wanted
        var number = 2
        while !ids.insert(id).inserted {
            id = "\(wanted)-\(number)"
            number += 1
        }
        return id
    }
}
