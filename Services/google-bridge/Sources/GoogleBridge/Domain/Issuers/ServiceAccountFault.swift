/// Why a key file can't be used.
struct ServiceAccountFault: Error, Sendable, Hashable {
    /// One member that is wrong.
    struct Member: Sendable, Hashable {
        let key: String
        let detail: String
    }

    let members: [Member]
}
