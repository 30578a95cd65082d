import Contracts
import Cryptography
import HTTPTypes
import ServiceKit

/// Takes Google's callbacks: believes those that are Google's and meant for us, and records each once.
struct CallbackReceiving: Sendable {
    let issuers: IssuerStore
    let callbacks: CallbackStore
    let rootKeys: RootKeySource
    let clock: @Sendable () -> Instant
    let received: Counter
    let lastSeen: Gauge

    init(
        issuers: IssuerStore, callbacks: CallbackStore, rootKeys: RootKeySource, metrics: Metrics,
        clock: @escaping @Sendable () -> Instant
    ) {
        self.issuers = issuers
        self.callbacks = callbacks
        self.rootKeys = rootKeys
        self.clock = clock
        received = metrics.counter(
            "wallet_google_callbacks_total", help: "Callbacks from Google, by what became of them.", labels: ["outcome"]
        )
        lastSeen = metrics.gauge(
            "wallet_google_last_callback_timestamp_seconds", help: "When the last callback was believed, since 1970.")
    }

    /// Records what a callback says; throws ``CallbackFault`` for one that is not believed.
    func receive(_ body: [UInt8]) async throws {
        do {
            let isNew = try await record(body)
            lastSeen.set(Double(clock().wholeSeconds))
            received.increment(isNew ? "recorded" : "repeated")
        } catch let fault as CallbackFault {
            received.increment(fault.label)
            throw fault
        }
    }

    private func record(_ body: [UInt8]) async throws -> Bool {
        let envelope = try CallbackEnvelope(body)
        let key = try await signingKey(of: envelope)
        // Whose it is the message says, and is believed if that issuer is ours and the signature was made for it.
        guard let recipient = try CallbackMessage(envelope.signedMessage).issuer,
            try await issuers.isKnown(recipient)
        else { throw CallbackFault.foreignRecipient }
        let message = try CallbackVerifier.message(of: envelope, signedBy: key, for: recipient, at: clock())
        return try await callbacks.record(message, of: recipient)
    }

    private func signingKey(of envelope: CallbackEnvelope) async throws -> PublicKey {
        // Not worth a fetch of keys.
        guard envelope.protocolVersion == CallbackVerifier.protocolVersion else { throw CallbackFault.foreignProtocol }
        do {
            return try CallbackVerifier.signingKey(of: envelope, rootKeys: try await rootKeys.keys(), at: clock())
        } catch CallbackFault.unknownKey {
            guard let newer = try await rootKeys.newerKeys() else { throw CallbackFault.unknownKey }
            return try CallbackVerifier.signingKey(of: envelope, rootKeys: newer, at: clock())
        }
    }
}
