import Postgres

extension PostgresPool {
    /// A started pool on a URL; the caller closes it.
    public static func started(
        _ url: String, size: Int = 4, events: @escaping @Sendable (PostgresEvent) -> Void = { _ in },
        _ change: (inout PostgresConfiguration) -> Void = { _ in }
    ) -> PostgresPool {
        var configuration = PostgresConfiguration(url: url, size: size)
        change(&configuration)
        let pool = PostgresPool(configuration: configuration, onEvent: events)
        pool.start()
        return pool
    }
}
