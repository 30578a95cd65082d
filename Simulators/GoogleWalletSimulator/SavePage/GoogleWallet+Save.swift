import Cryptography
import GoogleWalletSchema
import HTTPTypes
import JSON

extension GoogleWallet {
    /// Opens a save link as a person does, and saves what it offers.
    ///
    /// - Returns: the ids of the objects.
    @discardableResult
    public func save(link: String, user: String = "ada@example.com") async throws(SimulatorError) -> [String] {
        let prefix = saveURL + "/"
        guard link.hasPrefix(prefix) else { throw .unusable("the link does not begin with \(prefix)") }
        do throws(WalletError) {
            let offer = try offer(of: String(link.dropFirst(prefix.utf8.count)))
            return try await accept(offer, user: user)
        } catch {
            throw .notSaved(error.message)
        }
    }

    /// Saves an object that exists.
    public func save(object id: String, user: String = "ada@example.com") throws(SimulatorError) {
        do throws(WalletError) {
            try hold(id, user: user)
        } catch {
            throw .notSaved(error.message)
        }
    }

    /// Deletes a pass from a person's wallet; false when it was not there.
    @discardableResult
    public func delete(object id: String, user: String = "ada@example.com") -> Bool {
        let isGone = vault.change(id) { resource -> Bool in
            let count = resource.holders.count
            resource.holders.removeAll { $0 == user }
            return resource.holders.count < count
        }
        guard isGone == true else { return false }
        tell(.delete, of: id)
        return true
    }

    /// What a link offers: the resources as they are and as they would be made.
    struct Offer: Sendable {
        let clientEmail: String?
        let entries: [SaveToken.Entry]
    }

    /// Reads a link's last part and finds whether everything that it offers can be saved; makes nothing.
    func offer(of token: String) throws(WalletError) -> Offer {
        if let ids = links.objectIDs(of: token) {
            let entries = ids.compactMap { id in
                vault.find(.object, id).map { SaveToken.Entry(type: $0.type, id: $0.id, object: ["id": .string(id)]) }
            }
            return Offer(clientEmail: nil, entries: entries)
        }
        guard token.utf8.count <= settings.longestLink else {
            throw WalletError(414, "uriTooLong", "The link is longer than browsers and mail programs carry.")
        }
        let read = try SaveToken(token, accounts: accounts, now: clock.now())
        try examine(read.entries, of: read.clientEmail)
        return Offer(clientEmail: read.clientEmail, entries: read.entries)
    }

    /// Throws for the first resource that could not be saved.
    func examine(_ entries: [SaveToken.Entry], of email: String) throws(WalletError) {
        var coming: Set<String> = []
        for entry in entries {
            try checkRole(of: email, at: try knownID(entry.id.description).issuerID, writes: true)
            let id = entry.id.description
            if let known = vault.find(entry.type.level, id) {
                guard known.type == entry.type else { throw .notFound(entry.type.level, id) }
                continue
            }
            guard !entry.isReference else { throw .notFound(entry.type.level, id) }
            let content = try ResourceSchema.checked(entry.object, entry.type, isStrict: false)
            if entry.type.level == .class { coming.insert(id) }
            let classID = content["classId"]?.stringValue ?? ""
            if entry.type.level == .object, !coming.contains(classID) {
                _ = try found(ResourceType(entry.type.kind, .class), classID)
            }
        }
    }

    /// Makes what is not there yet; what is there stays as it is.
    @discardableResult
    func make(_ entries: [SaveToken.Entry]) async throws(WalletError) -> [Resource] {
        var resources: [Resource] = []
        for entry in entries {
            if vault.find(entry.type.level, entry.id.description) == nil {
                do throws(WalletError) {
                    _ = try await create(entry.type, entry.id, entry.object, isStrict: false)
                } catch {
                    // Somebody else was quicker, which is as good.
                    guard error.code == 409 else { throw error }
                }
            }
            resources.append(try found(entry.type, entry.id.description))
        }
        return resources
    }

    /// Saves an offer into a person's wallet.
    func accept(_ offer: Offer, user: String) async throws(WalletError) -> [String] {
        let ids = try await make(offer.entries).filter { $0.type.level == .object }.map(\.id.description)
        for id in ids { try hold(id, user: user) }
        return ids
    }

    private func hold(_ id: String, user: String) throws(WalletError) {
        guard let resource = vault.find(.object, id) else { throw .notFound(.object, id) }
        try checkHolder(user, of: resource)
        let isNew = vault.change(id) { resource -> Bool in
            guard !resource.holders.contains(user) else { return false }
            resource.holders.append(user)
            return true
        }
        if isNew == true { tell(.save, of: id) }
    }

    /// Whether a person may have the pass.
    private func checkHolder(_ user: String, of resource: Resource) throws(WalletError) {
        let settings = settings
        guard !user.isEmpty, user.utf8.count <= 254 else { throw .invalidResource("Saving needs a signed-in user.") }
        guard !settings.demoMode || settings.testUsers.contains(user) else {
            throw .invalidResource("The issuer has not made this pass available.")
        }
        if let wanted = resource.object["saveRestrictions"]?["restrictToEmailSha256"]?.stringValue {
            let digest = Hex.encode(SHA256.digest(Array(user.lowercased().utf8)))
            guard digest == wanted.lowercased() else {
                throw .invalidResource("User not allowed to save the pass.")
            }
        }
        let parent = resource.classID.flatMap { vault.find(.class, $0) }?.object
        let sharing = parent?["multipleDevicesAndHoldersAllowedStatus"]?.stringValue ?? ""
        let others = resource.holders.filter { $0 != user }
        guard others.isEmpty || !sharing.hasPrefix("ONE_USER_") else {
            throw .invalidResource("The pass has been saved by another user already.")
        }
        guard others.count < 100 else { throw .invalidResource("The pass has too many holders.") }
    }
}
