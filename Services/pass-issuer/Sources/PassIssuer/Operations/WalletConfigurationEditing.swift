import Contracts
import Cryptography
import HTTPTypes
import JSON
import Postgres

/// Creating, replacing and deleting wallet configurations.
struct WalletConfigurationEditing: Sendable {
    let store: WalletConfigurationStore
    let outbox: OutboxStore
    let signingRequests: SigningRequests
    let secrets: SecretBox

    /// What a PUT led to.
    struct Outcome: Sendable {
        let configuration: WalletConfiguration
        let isNew: Bool
    }

    /// Creates or replaces a configuration; a platform that the request does not mention stays as it is.
    func put(
        _ id: WalletConfigurationID, _ request: WalletConfigurationRequest, at now: Instant
    ) async throws -> Outcome {
        try Self.check(request)
        // Keys are read before the lock is taken: that is work for the processor, not for the database.
        let material = try await material(request.apple.value, of: id)
        let credentials = try material.map { try AppleCredentials(material: $0, at: now) }
        do {
            return try await store.database.transaction { transaction in
                let current = try await store.configuration(id, lockedIn: transaction)
                var configuration =
                    current
                    ?? WalletConfiguration(
                        id: id, name: request.name, organizationName: nil, revision: 0, apple: nil, google: nil,
                        createdAt: now, updatedAt: now)
                configuration.name = request.name
                if let organizationName = request.organizationName { configuration.organizationName = organizationName }
                configuration.apple = try apple(request.apple, credentials, in: configuration)
                configuration.google = try google(request.google, in: configuration)
                // Keys that are sent again are told again, which repairs a service that lost them.
                for content in Self.notices(of: configuration, over: current, sent: request) {
                    try await outbox.put(content, in: transaction)
                }
                // Campaigns that were active before there was a Google issuer get their classes now.
                if configuration.google != nil, configuration.google != current?.google {
                    for campaign in try await store.activeCampaigns(of: id, in: transaction) {
                        try await outbox.put(.googleClass(campaign), in: transaction)
                    }
                }
                if let current, current == configuration {
                    return Outcome(configuration: current, isNew: false)
                }
                try await refuseWhatCampaignsNeed(from: current, to: configuration, in: transaction)
                configuration.updatedAt = now
                try await store.save(configuration, in: transaction)
                return Outcome(configuration: configuration, isNew: current == nil)
            }
        } catch let error as PostgresError
            where error.constraint == "wallet_configurations_pass_type_identifier_key"
        {
            throw AdministrationError.conflict(
                "The pass type identifier of this certificate belongs to another wallet configuration. Use that one.")
        }
    }

    /// Deletes a configuration that no campaign uses.
    func delete(_ id: WalletConfigurationID) async throws {
        do {
            try await store.database.transaction { transaction in
                guard let configuration = try await store.configuration(id, lockedIn: transaction) else {
                    throw AdministrationError.unknown("wallet configuration")
                }
                try await store.delete(id, in: transaction)
                if let passType = configuration.apple?.passTypeIdentifier {
                    try await outbox.put(.pushCredentials(passType), in: transaction)
                }
                if configuration.google != nil { try await outbox.put(.googleIssuer(id), in: transaction) }
            }
        } catch let error as PostgresError where error.sqlState == .foreignKeyViolation {
            throw AdministrationError.conflict("Campaigns use this wallet configuration. Delete them first.")
        }
    }

    /// What other services must learn of a change, or of keys that were sent again.
    private static func notices(
        of next: WalletConfiguration, over current: WalletConfiguration?, sent request: WalletConfigurationRequest
    ) -> [OutboxContent] {
        var notices: [OutboxContent] = []
        let isSent = request.apple.value.map { $0.hasKeyMaterial || $0.pushKey.isPresent } ?? false
        if let passType = (next.apple ?? current?.apple)?.passTypeIdentifier, isSent || next.apple != current?.apple {
            notices.append(.pushCredentials(passType))
        }
        if next.google != current?.google { notices.append(.googleIssuer(next.id)) }
        return notices
    }

    private func refuseWhatCampaignsNeed(
        from current: WalletConfiguration?, to next: WalletConfiguration, in transaction: Transaction
    ) async throws {
        let removesApple = current?.apple != nil && next.apple == nil
        let removesGoogle = current?.google != nil && next.google == nil
        if let current, current.organizationName != next.organizationName,
            try await store.lendsItsName(next.id, in: transaction)
        {
            throw AdministrationError.conflict(
                "Installed passes show this organizationName, since their campaigns name none. Put `organizationName` "
                    + "into the `pass` of those campaigns first.")
        }
        guard removesApple || removesGoogle, try await store.isUsed(next.id, in: transaction) else { return }
        throw AdministrationError.conflict(
            "Campaigns need the \(removesApple ? "Apple" : "Google") part of this wallet configuration. "
                + "Delete them first.")
    }
}

extension WalletConfigurationEditing {
    /// Names are for people: a line of text, not more.
    private static func check(_ request: WalletConfigurationRequest) throws(AdministrationError) {
        var faults: [PassFault] = []
        for (key, name) in [("name", request.name), ("organizationName", request.organizationName ?? "-")]
        where !AdministrationText.isName(name) {
            faults.append(.name(at: key))
        }
        guard faults.isEmpty else { throw .faulty(faults) }
    }

    /// The key material of a request; an object without any, as GET answers it, is ignored.
    private func material(
        _ request: AppleConfigurationRequest?, of id: WalletConfigurationID
    ) async throws -> AppleKeyMaterial? {
        guard let request, request.hasKeyMaterial else { return nil }
        var keptKey: PrivateKey?
        if let requestID = request.signingRequest { keptKey = try await signingRequests.key(of: requestID, for: id) }
        return try AppleKeyMaterial(request, keptKey: keptKey)
    }

    private func apple(
        _ request: Field<AppleConfigurationRequest>, _ credentials: AppleCredentials?,
        in configuration: WalletConfiguration
    ) throws -> AppleIdentity? {
        var identity = configuration.apple
        switch request {
        case .null: return nil
        case .absent: return identity
        case .value(let request):
            if let credentials { identity = try renewed(identity, by: credentials, in: configuration.id) }
            guard identity != nil || request.pushKey.value == nil else {
                throw AdministrationError.faulty([
                    .wallet("pushKey", "A push key needs a certificate beside it.", "Send certificate and key too.")
                ])
            }
            let pushKey = try pushKey(request.pushKey, current: identity?.pushKey, in: configuration.id)
            identity?.pushKey = pushKey
            return identity
        }
    }

    private func renewed(
        _ old: AppleIdentity?, by credentials: AppleCredentials, in id: WalletConfigurationID
    ) throws -> AppleIdentity {
        if let old, old.passTypeIdentifier != credentials.passTypeIdentifier {
            throw AdministrationError.faulty([
                .wallet(
                    "certificate",
                    "The certificate is for \(credentials.passTypeIdentifier), this configuration for \(old.passTypeIdentifier).",
                    "Renew with the same pass type identifier, or make another wallet configuration: installed passes can't change theirs."
                )
            ])
        }
        // The same certificate sent again keeps what is stored: sealing anew would look like a change.
        if let old, old.certificate == credentials.certificate.der,
            old.intermediates == credentials.intermediates.map(\.der)
        {
            return old
        }
        return AppleIdentity(
            passTypeIdentifier: credentials.passTypeIdentifier, teamIdentifier: credentials.teamIdentifier,
            certificate: credentials.certificate.der, intermediates: credentials.intermediates.map(\.der),
            sealedPrivateKey: try secrets.seal(
                credentials.key.pkcs8DER, context: SealedSecret.privateKey.context(of: id)),
            pushKey: old?.pushKey)
    }

    private func pushKey(
        _ request: Field<PushKey>, current: SealedPushKey?, in id: WalletConfigurationID
    ) throws -> SealedPushKey? {
        switch request {
        case .absent: return current
        case .null: return nil
        case .value(let request):
            let key: PrivateKey
            do { key = try PrivateKey(pem: request.privateKey.value, password: nil) } catch {
                throw AdministrationError.faulty([
                    .wallet("pushKey", "\(error)", "Send the .p8 file's text as `privateKey`.")
                ])
            }
            guard key.kind == .p256 else {
                throw AdministrationError.faulty([
                    .wallet("pushKey", "An APNs key is a P-256 key; this one is not.", "Send the .p8 file's text.")
                ])
            }
            return SealedPushKey(
                keyID: request.keyId, teamID: request.teamId,
                sealedKey: try secrets.seal(key.pkcs8DER, context: SealedSecret.pushKey.context(of: id)))
        }
    }

    private func google(
        _ request: Field<GoogleConfigurationRequest>, in configuration: WalletConfiguration
    ) throws -> GoogleIdentity? {
        switch request {
        case .null: return nil
        case .absent: return configuration.google
        case .value(let request):
            // As GET answers it, without the account: nothing new.
            guard let account = request.serviceAccount else { return configuration.google }
            let credentials = try GoogleCredentials(issuerID: request.issuerId, serviceAccount: account.value)
            return GoogleIdentity(
                issuerID: credentials.issuerID, clientEmail: credentials.clientEmail,
                sealedServiceAccount: secrets.seal(
                    JSONValue.object(account.value).serialized(),
                    context: SealedSecret.serviceAccount.context(of: configuration.id)))
        }
    }
}
