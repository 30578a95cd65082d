import HTTPServer
import Postgres

/// What one process serves; everything around it is ServiceKit's.
public protocol Service: Sendable {
    /// What it can be told from outside.
    associatedtype Configuration: ServiceConfiguration

    /// The name of the executable and in logs, as `pass-issuer`.
    static var name: String { get }
    /// What it does, in half a sentence.
    static var summary: String { get }
    /// Its schema in the database.
    static var schema: String { get }
    /// The migrations of that schema.
    static var migrations: [Migration] { get }
    /// Functions of it that do what only its owner may, for the running login too, as `push.roll_results(date, date)`.
    static var ownerFunctions: [String] { get }
    /// Its `openapi.json`, served on the internal listener.
    static var openAPIDocument: [UInt8] { get }
    /// The default port of the public listener; nil when there is none.
    static var publicPort: Int? { get }
    /// The default port of the internal listener.
    static var internalPort: Int { get }
    /// Commands beside `migrate`.
    static var commands: [ServiceCommand<Configuration>] { get }
    /// Commands that need no settings.
    static var tools: [ServiceTool] { get }

    /// Makes the service. The database may be down at this time, and must not be needed.
    init(configuration: Configuration, runtime: ServiceRuntime) async throws

    /// What the public listener serves; nil when there is none.
    func publicRoutes() -> Routes?
    /// What the internal listener serves beside health, metrics and the interface's description.
    func internalRoutes() -> Routes
    /// Background work; begins once the database is migrated and is cancelled after the last request.
    ///
    /// An error ends the process; returning does not.
    func run() async throws
}

extension Service {
    /// None.
    public static var ownerFunctions: [String] { [] }

    /// None.
    public static var commands: [ServiceCommand<Configuration>] { [] }

    /// None.
    public static var tools: [ServiceTool] { [] }

    /// None.
    public func publicRoutes() -> Routes? { nil }

    /// None.
    public func internalRoutes() -> Routes { Routes() }

    /// Nothing.
    public func run() async throws {}
}
