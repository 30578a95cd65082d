import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Tries stored credentials against APNs itself. How long a certificate is good is pass-issuer's to say.
struct CredentialChecks: Sendable {
    /// A token of no device: APNs reads the credentials before it looks at it.
    private static let nobody = String(repeating: "0", count: 64)

    let store: CredentialStore
    let seal: CredentialSeal
    let settings: APNsClient.Settings

    /// Checks what there is for a pass type.
    func run(_ passType: PassTypeIdentifier) async throws -> ConfigurationChecks {
        guard let stored = try await store.credentials(passType) else {
            return ConfigurationChecks(checks: [
                HandshakeCheck.failed(
                    TopicRecord.noCredentials, "Wait until pass-issuer has sent them, or put them again.")
            ])
        }
        let content: PushCredentials
        do {
            content = try seal.open(stored)
        } catch {
            return ConfigurationChecks(checks: [
                HandshakeCheck.failed(
                    "The stored credentials can't be opened.", "Look at MASTER_KEYS, or put the credentials again.")
            ])
        }
        return ConfigurationChecks(checks: [await handshake(content, passType)])
    }

    private func handshake(_ content: PushCredentials, _ passType: PassTypeIdentifier) async -> ConfigurationCheck {
        let client: APNsClient
        do {
            client = try APNsClient(content, for: passType, settings)
        } catch {
            return HandshakeCheck.failed("The credentials can't be used: \(error)", "Put the credentials again.")
        }
        let push = LeasedPush(token: Self.nobody, apnsID: RandomUUID.make(), attempts: 1, lease: 0)
        let answer = await client.send(push)
        await client.shutdown(deadline: .seconds(1))
        return HandshakeCheck.check(of: answer)
    }
}
