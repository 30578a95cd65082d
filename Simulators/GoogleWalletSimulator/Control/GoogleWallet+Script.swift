import GoogleWalletSchema
import HTTPTypes
import JSON

/// What tests and demonstrations look at and bring about.
extension GoogleWallet {
    /// Lets something go wrong with the next calls that it fits.
    public func script(_ fault: Fault) {
        script.add(fault)
    }

    /// The faults that still wait.
    public var faults: [Fault] { script.waiting }

    /// Takes all faults away.
    public func clearFaults() {
        script.removeAll()
    }

    /// Lets each image be dead whose address holds the text.
    public func killImages(containing text: String) {
        images.kill(text)
    }

    /// The calls that are remembered, the oldest first.
    public var calls: [CallRecord] { log.records }

    /// How many calls there were with each status; 0 counts those that got no answer.
    public var callCountByStatus: [Int: Int] { log.countByStatus }

    /// The most calls that an issuer, or all, made within any span of so many seconds.
    public func busiest(seconds: Double = 1, issuer issuerID: String? = nil) -> Int {
        log.busiest(seconds, issuerID: issuerID)
    }

    /// Forgets the calls.
    public func forgetCalls() {
        log.removeAll()
    }

    /// The notices that holders of passes got.
    public var sentNotices: [Notice] { notices.all }

    /// How many classes and objects there are.
    public var resourceCounts: (classes: Int, objects: Int) { vault.counts }

    /// A class or object as it is stored, in current spelling; nil when there is none.
    public func resource(_ level: GoogleLevel, _ id: String) -> JSONObject? {
        vault.find(level, id)?.object
    }

    /// How often a class or object was written; nil when there is none.
    public func version(of level: GoogleLevel, _ id: String) -> Int? {
        vault.find(level, id)?.version
    }

    /// The ids of the objects of a class, in the order in which they were made.
    public func objectIDs(ofClass id: String) -> [String] {
        guard let parent = vault.find(.class, id) else { return [] }
        return vault.list(ResourceType(parent.type.kind, .object), of: id, from: 0, maximum: .max).resources
            .map(\.id.description)
    }

    /// Who has a pass in a wallet.
    public func holders(of objectID: String) -> [String] {
        vault.find(.object, objectID)?.holders ?? []
    }

    /// Forgets all but the accounts, and is as it was configured.
    public func reset() throws {
        vault.removeAll()
        tokens.revoke()
        pace.reset()
        script.removeAll()
        log.removeAll()
        images.reset()
        links.removeAll()
        notices.removeAll()
        callbacks.forget()
        clock.reset()
        change { $0 = configuration.settings }
        try journal?.begin(self)
    }
}
