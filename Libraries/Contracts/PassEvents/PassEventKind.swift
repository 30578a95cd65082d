/// A step in the life of a pass.
public enum PassEventKind: String, Choice {
    /// A link made it.
    case issued
    /// A phone or browser got its package from a link.
    case downloaded
    /// A device registered it.
    case registered
    /// A device let it go.
    case unregistered
    /// Its content changed.
    case changed
    /// A push for one of its devices waits.
    case pushQueued
    /// APNs took the push.
    case pushAccepted
    /// APNs refused the push.
    case pushRejected
    /// A device asked what changed and was told of it.
    case changesListed
    /// A device fetched its package.
    case fetched
    /// A device asked for its package and has the newest.
    case notModified
    /// A device reported something about it.
    case deviceLog
    /// Its object was written to Google.
    case googleWritten
    /// A person saved it to Google Wallet.
    case googleSaved
    /// A person deleted it from Google Wallet.
    case googleDeleted
}
