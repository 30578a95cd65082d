import JSON

extension GoogleNotification {
    /// Its messages as the queue keeps them; whether phones make a notice of each is decided when it is sent.
    var queued: [JSONObject] { messages.compactMap { $0.json(notifies: true)["message"]?.objectValue } }
}
