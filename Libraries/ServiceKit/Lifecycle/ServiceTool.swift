/// Work on files that needs neither settings nor a database: `<service> <name> …`.
public struct ServiceTool: Sendable {
    /// How a tool ended.
    public struct Outcome: Sendable, Equatable {
        /// The process' exit status.
        public var status: Int32
        /// What goes to the standard output.
        public var output: String
        /// What goes to the standard error.
        public var errors: String

        /// Puts an outcome together.
        public init(status: Int32, output: String = "", errors: String = "") {
            self.status = status
            self.output = output
            self.errors = errors
        }

        /// The arguments are not what the tool takes.
        public static func usage(_ text: String) -> Outcome {
            Outcome(status: ExitStatus.usage, errors: text + "\n")
        }
    }

    /// The word on the command line.
    public let name: String
    /// What follows it, for `--help`: `FILE [--root FILE]`.
    public let arguments: String
    /// What it does, for `--help`.
    public let help: String
    let run: @Sendable ([String]) async -> Outcome

    /// Describes a tool; it is given what follows its name.
    public init(
        name: String, arguments: String, help: String, run: @escaping @Sendable ([String]) async -> Outcome
    ) {
        self.name = name
        self.arguments = arguments
        self.help = help
        self.run = run
    }
}
