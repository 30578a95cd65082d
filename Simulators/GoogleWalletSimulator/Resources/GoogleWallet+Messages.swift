import GoogleWalletSchema
import HTTPTypes
import JSON

extension GoogleWallet {
    private static let maximumMessages = 10

    func addMessage(
        _ type: ResourceType, _ id: String, _ call: WalletCall, _ notes: inout CallNotes
    ) throws(WalletError) -> WalletReply {
        let known = try knownID(id)
        let body = try call.object()
        try admit(known.issuerID, writes: true, &notes)
        guard let message = body["message"]?.objectValue else { throw .invalidResource("Message is required.") }
        let notifies = try ResourceSchema.message(message)["messageType"]?.stringValue == "TEXT_AND_NOTIFY"
        while true {
            let current = try found(type, id)
            var content = current.object
            let messages = (content["messages"]?.arrayValue ?? []) + [.object(try ResourceSchema.message(message))]
            guard messages.count <= Self.maximumMessages else {
                throw .invalidResource("A resource can have at most \(Self.maximumMessages) messages.")
            }
            content["messages"] = .array(messages)
            var next = current.replacing(content)
            if notifies { next = try noticingMessage(next) }
            guard vault.replace(next) else { continue }
            if notifies { notices.add(Notice(resourceId: id, cause: .message)) }
            return try WalletReply(["resource": shown(next)], for: call)
        }
    }

    /// The resource with one more notice counted; those of its class reach the holders of an object too.
    private func noticingMessage(_ resource: Resource) throws(WalletError) -> Resource {
        var next = resource
        let now = clock.now()
        next.messageNotices = NoticeRule.recent(resource.messageNotices, at: now)
        let parent = resource.classID.flatMap { vault.find(.class, $0) }
        let fromClass = NoticeRule.recent(parent?.messageNotices ?? [], at: now)
        guard next.messageNotices.count + fromClass.count < NoticeRule.maximum else {
            let place = resource.type.level == .class ? "class" : "object"
            throw .noticeQuota(
                issuerID: resource.id.issuerID,
                doing: "adding TEXT_AND_NOTIFY message to \(place) \(resource.id.suffix)")
        }
        next.messageNotices.append(now)
        return next
    }
}
