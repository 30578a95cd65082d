import HTTPTypes

/// The header fields of a push, checked as Apple documents them ("Sending notification requests to APNs").
struct PushHeaders: Sendable {
    let topic: String
    /// As the client wrote it; nil when it left the choice to us.
    let messageID: String?
    let priority: Int
    let pushType: String?
    /// Seconds since 1970; 0 is: now or never; nil: Apple stores it.
    let expiration: Int?
    let collapseID: String?

    private static let pushTypes: Set<String> = [
        "alert", "background", "complication", "controls", "fileprovider", "liveactivity", "location", "mdm",
        "pushtotalk", "voip", "widgets",
    ]
    private static let once = [
        "apns-id", "apns-topic", "apns-priority", "apns-expiration", "apns-push-type", "apns-collapse-id",
        "authorization",
    ]

    init(_ headers: HTTPHeaders) throws(APNsRefusal) {
        for name in Self.once where headers.values(for: name).count > 1 { throw APNsRefusal(.duplicateHeaders) }
        messageID = headers["apns-id"]
        if let messageID, !Self.isMessageID(messageID) { throw APNsRefusal(.badMessageId) }
        guard let topic = headers["apns-topic"], !topic.isEmpty else { throw APNsRefusal(.missingTopic) }
        guard Self.isTopic(topic) else { throw APNsRefusal(.badTopic) }
        self.topic = topic
        pushType = headers["apns-push-type"]
        if let pushType, !Self.pushTypes.contains(pushType) { throw APNsRefusal(.invalidPushType) }
        priority = try Self.priority(headers["apns-priority"], pushType: pushType)
        expiration = try Self.expiration(headers["apns-expiration"])
        collapseID = headers["apns-collapse-id"]
        if let collapseID, collapseID.isEmpty || collapseID.utf8.count > 64 { throw APNsRefusal(.badCollapseId) }
    }

    private static func priority(_ text: String?, pushType: String?) throws(APNsRefusal) -> Int {
        guard let text else { return 10 }
        guard let priority = Int(text), [1, 5, 10].contains(priority) else { throw APNsRefusal(.badPriority) }
        // "Using priority 10 is an error."
        guard pushType != "background" || priority != 10 else { throw APNsRefusal(.badPriority) }
        return priority
    }

    private static func expiration(_ text: String?) throws(APNsRefusal) -> Int? {
        guard let text else { return nil }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int(text) else {
            throw APNsRefusal(.badExpirationDate)
        }
        return seconds
    }

    /// A UUID in its canonical form, 8-4-4-4-12.
    static func isMessageID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 36
            && bytes.indices.allSatisfy { index in
                [8, 13, 18, 23].contains(index) ? bytes[index] == UInt8(ascii: "-") : DeviceToken.isHex(bytes[index])
            }
    }

    /// A bundle or pass type identifier.
    private static func isTopic(_ text: String) -> Bool {
        text.utf8.count <= 255 && text.contains(".")
            && text.utf8.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E: true
                default: false
                }
            }
    }
}
