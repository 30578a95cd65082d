import Contracts
import JSON

/// An operation that this replica works at, with the resource as it was when it was taken.
struct LeasedOperation: Sendable {
    let id: Int
    let kind: GoogleOperationKind
    let priority: OperationPriority
    /// Which attempt this is; whoever ends an operation under another number has lost it to someone else.
    let attempt: Int
    /// What `addMessage` adds.
    let message: JSONObject?
    /// Whether the users shall be told of the change.
    let notifies: Bool
    let resource: WalletResource
    /// Whether the class of an object is at Google; true for classes.
    let isClassAtGoogle: Bool
}
