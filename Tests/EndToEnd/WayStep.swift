/// How far a change of a pass has come on its way to the phone. Between two of them lies one message or one write.
enum WayStep: CaseIterable {
    /// pass-issuer has it, and is telling device-registry.
    case stored
    /// device-registry has it; pass-issuer has not written down that it was told.
    case heardByRegistry
    /// Only device-registry has it, and is telling push-sender.
    case told
    /// push-sender has the push; device-registry has not written down that it was told.
    case heardByPushSender
    /// The push waits for its turn.
    case queued
    /// push-sender has taken it, and APNs has not answered.
    case taken
    /// APNs has accepted it; push-sender has not written that down.
    case accepted
    /// The push is done, and the phone is out of reach.
    case pushed
    /// The phone asks what changed.
    case asked
    /// The phone knows which pass, and fetches it.
    case fetched
}

/// What is killed there.
enum WayVictim: CaseIterable {
    case issuer, registry, pushSender, postgres
}
