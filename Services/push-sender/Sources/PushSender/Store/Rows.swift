import Postgres

extension Duration {
    /// The duration as an `interval` is written.
    var interval: String { "\(microseconds) microseconds" }
}
