/// Work that an operator starts by name, `<service> <name>`, and that ends by itself.
public struct ServiceCommand<Configuration: ServiceConfiguration>: Sendable {
    /// The word on the command line.
    public let name: String
    /// What it does, for `--help`.
    public let help: String
    let run: @Sendable (Configuration, ServiceRuntime) async throws -> Void

    /// Describes a command; an error that it throws is logged and ends the process with status 1.
    public init(
        name: String, help: String, run: @escaping @Sendable (Configuration, ServiceRuntime) async throws -> Void
    ) {
        self.name = name
        self.help = help
        self.run = run
    }
}
