import GoogleWalletSchema
import JSON

/// A class or object with its patches, which is checked before it is sent.
struct FinishedResource: Sendable {
    private(set) var members: JSONObject
    private(set) var notes: [MappingNote] = []

    private let draft: ResourceDraft
    private let level: GoogleLevel
    private let mapping: PassMapping
    private var patches: [(source: PatchSource, patch: JSONObject)] = []
    private var faults: [GoogleMappingFault]

    /// Whose a patch is.
    enum PatchSource: Sendable {
        /// The campaign's `google.class` or `google.object`.
        case campaign
        /// The one that google-bridge's admin stored.
        case override
    }

    init(_ draft: ResourceDraft, _ level: GoogleLevel, _ mapping: PassMapping) {
        self.draft = draft
        self.level = level
        self.mapping = mapping
        members = draft.members
        faults = draft.faults
    }

    /// Sets an id.
    mutating func set(_ key: String, _ value: String) {
        members[key] = .string(value)
    }

    /// Applies a merge patch (RFC 7396); ids and what Google alone writes stay as they are.
    mutating func apply(_ patch: JSONObject?, as source: PatchSource) {
        guard var patch, !patch.isEmpty else { return }
        let type = GoogleSchema.type(mapping.kind, level)
        for key in ["id", "classId"] + type.platform.sorted() where patch[key] != nil {
            patch[key] = nil
            faults.append(
                GoogleMappingFault(
                    root(of: source).appending(key), "'\(key)' is not yours to set.", "Leave it out."))
        }
        for key in patch.keys where type.deprecated.contains(key) {
            notes.append(MappingNote(root(of: source).appending(key), "Google has given this up."))
        }
        if source == .campaign, level == .class { refuseTokens() }
        members = JSONValue.object(members).mergePatched(with: .object(patch)).objectValue ?? members
        patches.append((source, patch))
    }

    /// What passes share can't differ between them.
    private mutating func refuseTokens() {
        for place in mapping.content.tokens.places(below: JSONPointer(tokens: ["google", "class"]))
        where place.tokens.starts(with: ["google", "class"]) {
            faults.append(
                GoogleMappingFault(
                    place, "Google's class is the same for all passes, and this differs between them.",
                    "Use a text without {{…}}, or say it in google.object."))
        }
    }

    /// Leaves out of our rows what a patch has taken away.
    mutating func keepResolvedPaths(object: () -> JSONObject) {
        guard level == .class, !patches.isEmpty || mapping.content.google?.objectPatch != nil else { return }
        let front = mapping.front
        let object = object()
        let resolved = front.filter { $0.path.value(class: members, object: object) != nil }
        let place = ["classTemplateInfo", "cardTemplateOverride", "cardRowTemplateInfos"]
        let pointer = JSONPointer(tokens: place)
        guard resolved.count < front.count,
            JSONValue.object(members).value(at: pointer) == .array(TemplateRows.rows(front))
        else { return }
        let rows: JSONValue = resolved.isEmpty ? .null : .array(TemplateRows.rows(resolved))
        let patch = place.reversed().reduce(rows) { [$1: $0] }
        members = JSONValue.object(members).mergePatched(with: patch).objectValue ?? members
        notes.append(
            MappingNote(
                JSONPointer(tokens: ["google"]),
                "A field of the front is gone by the patches; the rows are made without it."))
    }

    /// What Google would refuse, where it stands in the message.
    func checked() -> [GoogleMappingFault] {
        let found = GoogleSchema.validate(members, mapping.kind, level, mode: .strict)
        return faults + found.compactMap(translated)
    }

    /// A fault of the result as one of the message; nil for what can only be known with a pass.
    private func translated(_ fault: SchemaFault) -> GoogleMappingFault? {
        for (source, patch) in patches.reversed() {
            guard JSONValue.object(patch).value(at: fault.pointer) != nil else { continue }
            let place = root(of: source).appending(fault.pointer)
            guard !mapping.content.isRaw(place) else { return nil }
            return GoogleMappingFault(place, fault.reason + ".", "Mend the patch.")
        }
        if let source = draft.source(of: fault.pointer.tokens) {
            guard !mapping.content.isRaw(source) else { return nil }
            return GoogleMappingFault(source, fault.reason + ".", remedy(fault))
        }
        return GoogleMappingFault(
            fallback(fault), "Google's \(mapping.kind.rawValue) \(level.rawValue): \(fault.reason).", remedy(fault))
    }

    /// Where something is to be added that is not there.
    private func fallback(_ fault: SchemaFault) -> JSONPointer {
        switch fault.pointer.tokens.last {
        case "programLogo", "logo": JSONPointer(tokens: ["images"])
        default: JSONPointer(tokens: ["pass"])
        }
    }

    private func remedy(_ fault: SchemaFault) -> String {
        let path = fault.pointer.tokens.joined(separator: ".")
        switch fault.pointer.tokens.last {
        case "programLogo", "logo": return "Add the image logo.png."
        default: break
        }
        switch fault.rule {
        case .required: return "Say it in the content, by a semantic tag, or as \(path) in google.\(level.rawValue)."
        case .maximum: return "Use less of it."
        case .unknown, .type, .word, .format, .combination:
            return "Change it, or set \(path) in google.\(level.rawValue)."
        }
    }

    private func root(of source: PatchSource) -> JSONPointer {
        switch source {
        case .campaign: JSONPointer(tokens: ["google", level.rawValue])
        case .override: JSONPointer(tokens: ["override"])
        }
    }
}
