/// What `--help` says about one setting.
public struct SettingDeclaration: Sendable, Hashable {
    /// What happens when a setting is not given.
    public enum Absence: Sendable, Hashable {
        /// It is a fault.
        case required
        /// It stays away.
        case none
        /// This stands in.
        case value(String)
    }

    /// The name in the environment; `<name>_FILE` names a file instead.
    public let name: String
    /// What it does.
    public let help: String
    /// What happens when it is not given.
    public let absence: Absence
    /// Whether its value is never shown.
    public let isSecret: Bool
}
