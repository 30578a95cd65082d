import Glibc
import HTTPClient
import Postgres

/// The whole of a service's process.
public enum ServiceMain {
    /// Does what the command line says and ends the process.
    ///
    /// Statuses: 0 done or stopped in order, 1 failed, 64 an unknown command, 78 settings that cannot be used.
    public static func run<S: Service>(_: S.Type) async -> Never {
        // Not `exit`: its handlers would free what other threads still use.
        _exit(await status(S.self, Array(CommandLine.arguments.dropFirst())))
    }

    private static func status<S: Service>(_: S.Type, _ arguments: [String]) async -> Int32 {
        switch arguments.first {
        case "--help", "-h", "help":
            Output.write(ServiceSettings<S>.help(commands: commandList(S.self)), to: 1)
            return ExitStatus.success
        case "--version":
            Output.write("\(S.name) \(ServiceVersion.current)\n", to: 1)
            return ExitStatus.success
        case nil:
            let signals = StopSignals()
            signals.start()
            OpenFiles.raiseLimit()
            return await start(S.self) { await $0.serve(until: signals) }
        case "migrate" where arguments.count == 1:
            return await migrate(S.self)
        case let name? where S.tools.contains { $0.name == name }:
            return await use(S.self, name, Array(arguments.dropFirst()))
        case let name:
            guard arguments.count == 1, let command = S.commands.first(where: { $0.name == name }) else {
                let line = LogEscaping.escaped(arguments.joined(separator: " "))
                Output.write("\(S.name): there is no command '\(line)'; \(S.name) --help lists them\n", to: 2)
                return ExitStatus.usage
            }
            return await start(S.self) { await $0.run(command) }
        }
    }

    private static func use<S: Service>(_: S.Type, _ name: String, _ arguments: [String]) async -> Int32 {
        guard let tool = S.tools.first(where: { $0.name == name }) else { return ExitStatus.usage }
        let outcome = await tool.run(arguments)
        if !outcome.output.isEmpty { Output.write(outcome.output, to: 1) }
        if !outcome.errors.isEmpty { Output.write(outcome.errors, to: 2) }
        return outcome.status
    }

    private static func start<S: Service>(
        _: S.Type, _ body: (ServiceProcess<S>) async -> Int32
    ) async -> Int32 {
        let settings = ServiceSettings<S>()
        guard settings.faults.isEmpty else { return refuse(S.self, settings.faults) }
        return await body(ServiceProcess(settings: settings))
    }

    private static func migrate<S: Service>(_: S.Type) async -> Int32 {
        let settings = MigrationSettings()
        guard settings.faults.isEmpty else { return refuse(S.self, settings.faults) }
        return await MigrationCommand<S>(settings: settings).run()
    }

    private static func refuse<S: Service>(_: S.Type, _ faults: [SettingFault]) -> Int32 {
        let lines = faults.map { "  \($0)\n" }.joined()
        Output.write("\(S.name): these settings cannot be used:\n\(lines)", to: 2)
        return ExitStatus.configuration
    }

    private static func commandList<S: Service>(_: S.Type) -> [(name: String, help: String)] {
        [
            ("(none)", "serve until SIGTERM"),
            ("migrate", "apply the migrations and end; needs MIGRATION_DATABASE_URL or DATABASE_URL alone"),
        ]
            + S.commands.map { ($0.name, $0.help) }
            + S.tools.map { ("\($0.name) \($0.arguments)", $0.help) }
            + [("--help", "print this"), ("--version", "print the version")]
    }
}
