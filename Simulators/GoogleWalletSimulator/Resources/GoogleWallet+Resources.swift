import GoogleWalletSchema
import HTTPTypes
import JSON

extension GoogleWallet {
    func insert(
        _ type: ResourceType, _ call: WalletCall, _ notes: inout CallNotes
    ) async throws(WalletError) -> WalletReply {
        let object = try call.object()
        let id = try knownID(object["id"]?.stringValue)
        try admit(id.issuerID, writes: true, &notes)
        let resource = try await create(type, id, object, isStrict: call.isStrict)
        return try WalletReply(shown(resource), for: call)
    }

    /// Checks a new resource and stores it.
    func create(
        _ type: ResourceType, _ id: ResourceID, _ object: JSONObject, isStrict: Bool
    ) async throws(WalletError) -> Resource {
        let resource = try await examined(type, id, object, isStrict: isStrict)
        try vault.insert(resource, maximum: settings.maximumResources)
        return resource
    }

    /// A new resource as it would be stored, once nothing speaks against it.
    func examined(
        _ type: ResourceType, _ id: ResourceID, _ object: JSONObject, isStrict: Bool
    ) async throws(WalletError) -> Resource {
        var content = try ResourceSchema.checked(object, type, isStrict: isStrict)
        if vault.find(type.level, id.description) != nil { throw .exists(type.level, id.description) }
        // The one object whose state may be left out.
        if type == ResourceType(.generic, .object), content["state"] == nil { content["state"] = "ACTIVE" }
        content = try ruled(content, type, id, sent: content, before: nil)
        try await images.check(LinkedImages.addresses(in: content), settings)
        return Resource(type: type, id: id, object: content)
    }

    func get(
        _ type: ResourceType, _ id: String, _ call: WalletCall, _ notes: inout CallNotes
    ) throws(WalletError) -> WalletReply {
        try admit(try knownID(id).issuerID, writes: false, &notes)
        return try WalletReply(shown(try found(type, id), withClass: true), for: call)
    }

    func list(_ type: ResourceType, _ call: WalletCall, _ notes: inout CallNotes) throws(WalletError) -> WalletReply {
        let owner: String
        switch type.level {
        case .class:
            owner = call.query.first("issuerId") ?? ""
            guard accounts.issuer(owner) != nil else { throw .invalidID(owner) }
            try admit(owner, writes: false, &notes)
        case .object:
            owner = call.query.first("classId") ?? ""
            try admit(try knownID(owner).issuerID, writes: false, &notes)
            _ = try found(ResourceType(type.kind, .class), owner)
        }
        let (start, maximum) = try page(call.query)
        let (resources, next) = vault.list(type, of: owner, from: start, maximum: maximum)
        var pagination: JSONObject = [
            "kind": "walletobjects#pagination", "resultsPerPage": .number(JSONNumber(resources.count)),
        ]
        pagination["nextPageToken"] = next.map { .string("p\($0)") }
        var answer: JSONObject = ["pagination": .object(pagination)]
        if !resources.isEmpty { answer["resources"] = .array(resources.map { shown($0) }) }
        return try WalletReply(.object(answer), for: call)
    }

    /// Where a page begins and how long it is: without `maxResults`, all there is.
    private func page(_ query: QueryItems) throws(WalletError) -> (start: Int, maximum: Int) {
        var start = 0
        if let token = query.first("token") {
            guard token.hasPrefix("p"), let number = Int(token.dropFirst()), number >= 0 else {
                throw .badField("Invalid page token: \(token)")
            }
            start = number
        }
        guard let text = query.first("maxResults") else { return (start, .max) }
        guard let maximum = Int32(text), maximum > 0 else { throw .badField("Invalid value for maxResults: \(text)") }
        return (start, Int(maximum))
    }

    /// Changes a resource: a patch touches what it names, an update replaces the whole.
    func write(
        _ type: ResourceType, _ id: String, _ call: WalletCall, _ notes: inout CallNotes, isPatch: Bool
    ) async throws(WalletError) -> WalletReply {
        let known = try knownID(id)
        let body = try call.object()
        try admit(known.issuerID, writes: true, &notes)
        if let other = body["id"]?.stringValue, other != id {
            throw .invalidResource("Resource ID cannot be changed: \(other)")
        }
        var changes = try ResourceSchema.readable(body, type, isStrict: call.isStrict)
        let notifies = changes.removeValue(forKey: "notifyPreference")?.stringValue == "NOTIFY_ON_UPDATE"
        try await images.check(LinkedImages.addresses(in: changes), settings)
        while true {
            let current = try found(type, id)
            let before = current.object
            var content =
                isPatch ? JSONValue.object(before).mergePatched(with: .object(changes)).objectValue ?? before : changes
            content["id"] = .string(id)
            content = try ResourceSchema.checked(content, type, isStrict: false)
            content = try ruled(content, type, known, sent: changes, before: before)
            let next = current.replacing(content)
            guard !notifies || NoticeRule.notifies(type, from: before, to: content) else {
                if vault.replace(next) { return try WalletReply(shown(next), for: call) }
                continue
            }
            let noticed = notifies ? try noticingChange(next) : next
            guard vault.replace(noticed) else { continue }
            if notifies { notices.add(Notice(resourceId: id, cause: .change)) }
            return try WalletReply(shown(noticed), for: call)
        }
    }

    /// The resource with one more notice counted.
    private func noticingChange(_ resource: Resource) throws(WalletError) -> Resource {
        var next = resource
        let now = clock.now()
        next.changeNotices = NoticeRule.recent(resource.changeNotices, at: now)
        guard next.changeNotices.count < NoticeRule.maximum else {
            throw .noticeQuota(
                issuerID: resource.id.issuerID, doing: "updating \(resource.id.suffix) with NOTIFY_ON_UPDATE")
        }
        next.changeNotices.append(now)
        return next
    }

    /// The resource of this type and id.
    func found(_ type: ResourceType, _ id: String) throws(WalletError) -> Resource {
        guard let resource = vault.find(type.level, id), resource.type == type else { throw .notFound(type.level, id) }
        return resource
    }

    /// The rules that need more than the content itself.
    private func ruled(
        _ content: JSONObject, _ type: ResourceType, _ id: ResourceID, sent: JSONObject, before: JSONObject?
    ) throws(WalletError) -> JSONObject {
        var content = content
        if content["merchantLocations"]?.arrayValue?.isEmpty == false,
            accounts.issuer(id.issuerID)?.allowsMerchantLocations != true
        {
            throw .invalidResource("Issuer not allowlisted for Merchant Locations. Please contact support.")
        }
        switch type.level {
        case .class:
            if ResourceSchema.has("reviewStatus", type) {
                content = try ReviewRule.decide(
                    content, sent: sent["reviewStatus"], before: before?["reviewStatus"],
                    isRequired: settings.requiresReviewStatus)
            }
        case .object:
            try checkClass(of: content, type, id, before: before)
        }
        return content
    }

    private func checkClass(
        of content: JSONObject, _ type: ResourceType, _ id: ResourceID, before: JSONObject?
    ) throws(WalletError) {
        let classID = content["classId"]?.stringValue ?? ""
        if let old = before?["classId"]?.stringValue {
            guard old == classID else { throw .invalidResource("The class of an object cannot be changed: \(classID)") }
            return
        }
        guard let known = ResourceID(classID), known.issuerID == id.issuerID else { throw .invalidID(classID) }
        let parent = try found(ResourceType(type.kind, .class), classID)
        guard parent.object["reviewStatus"]?.stringValue != "DRAFT" else {
            throw .invalidResource("Class \(classID) is in DRAFT and cannot have objects.")
        }
    }

    /// The resource as Google answers it.
    func shown(_ resource: Resource, withClass: Bool = false) -> JSONValue {
        let isLegacy = settings.legacySpelling
        var object = ResourceSchema.spelled(resource.object, resource.type, isLegacy: isLegacy)
        for (key, value) in platformFields(of: resource) where ResourceSchema.has(key, resource.type) {
            object[key] = value
        }
        if withClass, ResourceSchema.has("classReference", resource.type),
            let parent = resource.classID.flatMap({ vault.find(.class, $0) })
        {
            object["classReference"] = shown(parent)
        }
        return .object(object)
    }

    private func platformFields(of resource: Resource) -> [(String, JSONValue)] {
        var fields: [(String, JSONValue)] = [("version", .string(String(resource.version)))]
        if resource.type.level == .object {
            fields.append(("hasUsers", .bool(!resource.holders.isEmpty)))
            fields.append(("hasLinkedDevice", false))
        }
        return fields
    }
}
