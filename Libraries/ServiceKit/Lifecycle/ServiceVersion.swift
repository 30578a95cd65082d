/// The version of the services, which are released together.
enum ServiceVersion {
    static let current = "0.1.0"
}
