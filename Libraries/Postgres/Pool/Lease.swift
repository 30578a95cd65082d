/// A transaction's hold on a connection.
struct Lease: Sendable, Hashable {
    let worker: Int
    let serial: UInt64
}
