import JSON

/// Why one entry of a batch gives no link; the other entries are not affected.
struct RequestedLinkFault: Error, Hashable, Sendable {
    /// Words for the caller.
    let detail: String
    /// The member of the entry that is at fault, where one is.
    let member: String?
    /// The pass of a bundle that is at fault, counted from 0.
    var pass: Int?

    init(_ detail: String, member: String?) {
        self.detail = detail
        self.member = member
    }

    /// Where the fault is, seen from the root of the body.
    /// - Parameter entry: where the entry is.
    func pointer(from entry: JSONPointer) -> JSONPointer {
        let place = pass.map { entry.appending("passes").appending($0) } ?? entry
        return member.map { place.appending($0) } ?? place
    }

    /// The same fault, of one pass of a bundle.
    func inPass(_ index: Int) -> RequestedLinkFault {
        var fault = self
        fault.pass = index
        return fault
    }
}
