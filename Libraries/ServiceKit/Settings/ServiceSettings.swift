/// All settings of a service: the common ones, then its own.
struct ServiceSettings<S: Service> {
    let common: CommonSettings
    let own: S.Configuration
    let faults: [SettingFault]
    private let declarations: [SettingDeclaration]

    init(_ settings: Settings = Settings()) {
        var settings = settings
        common = CommonSettings(&settings, publicPort: S.publicPort, internalPort: S.internalPort)
        own = S.Configuration(&settings)
        faults = settings.faults
        declarations = settings.declarations
    }

    static func help(commands: [(name: String, help: String)]) -> String {
        SettingsHelp.text(
            service: S.name, summary: S.summary, commands: commands,
            settings: ServiceSettings(Settings(environment: [:])).declarations)
    }
}
