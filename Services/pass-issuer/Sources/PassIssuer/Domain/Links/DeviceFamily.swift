/// What kind of device opened a link, as far as its `User-Agent` says.
enum DeviceFamily: Sendable, Hashable {
    case apple
    case android
    case other

    init(userAgent: String?) {
        let agent = userAgent ?? ""
        // Android first: some Android browsers name an iPhone for compatibility, never the other way round.
        if agent.contains("Android") {
            self = .android
        } else if ["iPhone", "iPad", "iPod", "Macintosh"].contains(where: agent.contains) {
            self = .apple
        } else {
            self = .other
        }
    }
}
