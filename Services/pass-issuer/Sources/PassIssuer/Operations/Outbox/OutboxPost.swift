/// Hands a message to the service that it is for.
struct OutboxPost: Sendable {
    let registry: DeviceRegistryClient
    let pushCredentials: PushCredentialsDelivery
    let google: GoogleDelivery

    /// Returns once the other side has it; a repeat changes nothing there.
    func send(_ content: OutboxContent, _ message: OutboxMessage) async throws {
        switch content {
        case .passesChanged(let notice):
            try await registry.tell(notice, updateID: message.messageID)
        case .pushCredentials(let passType):
            try await pushCredentials.bring(passType, revision: message.revision)
        case .googleIssuer(let configuration): try await google.bringIssuer(configuration)
        case .googleClass(let campaign): try await google.bringClass(of: campaign)
        case .googleObjects(let passes): try await google.bringObjects(of: passes, updateID: message.messageID)
        }
    }
}
