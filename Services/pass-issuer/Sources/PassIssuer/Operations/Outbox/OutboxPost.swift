/// Hands a message to the service that it is for.
struct OutboxPost: Sendable {
    let registry: DeviceRegistryClient
    let pushCredentials: PushCredentialsDelivery

    /// Returns once the other side has it; a repeat changes nothing there.
    func send(_ content: OutboxContent, _ message: OutboxMessage) async throws {
        switch content {
        case .passesChanged(let notice):
            try await registry.tell(notice, updateID: message.messageID)
        case .pushCredentials(let passType):
            try await pushCredentials.bring(passType, revision: message.revision)
        }
    }
}
