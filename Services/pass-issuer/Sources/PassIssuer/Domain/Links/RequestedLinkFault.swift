/// Why one entry of a batch gives no link; the other entries are not affected.
struct RequestedLinkFault: Error, Hashable, Sendable {
    /// Words for the caller.
    let detail: String
    /// The member of the entry that is at fault, where one is.
    let member: String?

    init(_ detail: String, member: String?) {
        self.detail = detail
        self.member = member
    }
}
