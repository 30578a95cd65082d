/// The text of `--help`.
enum SettingsHelp {
    static func text(
        service: String, summary: String, commands: [(name: String, help: String)], settings: [SettingDeclaration]
    ) -> String {
        var lines = ["\(service): \(summary)", "", "Usage: \(service) [command]", "", "Commands:"]
        let width = commands.map(\.name.count).max() ?? 0
        for command in commands {
            lines.append("  \(padded(command.name, to: width))  \(command.help)")
        }
        lines += ["", "Settings, each from the environment as NAME, or from the file that NAME_FILE names:"]
        for setting in settings {
            lines.append("")
            lines.append("  \(setting.name)  (\(note(setting)))")
            lines.append("      \(setting.help).")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func note(_ setting: SettingDeclaration) -> String {
        let absence =
            switch setting.absence {
            case .required: "required"
            case .none: "not set by default"
            case .value(let text): "default: \(text)"
            }
        return setting.isSecret ? absence + ", secret" : absence
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
