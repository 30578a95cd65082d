import Glibc

/// Reads and checks settings; each call declares one for `--help` too.
///
/// `NAME` comes from the environment, or `NAME_FILE` names the file that holds it. What is wrong is collected in
/// `faults`, and the call returns a stand-in, so that one start tells every fault. An empty `NAME` counts as not given.
public struct Settings {
    /// What was declared, in order.
    public private(set) var declarations: [SettingDeclaration] = []
    /// What is wrong, in order.
    public private(set) var faults: [SettingFault] = []

    private let lookup: (String) -> String?

    /// Reads the environment of the process.
    public init() {
        self.init { name in getenv(name).map { String(cString: $0) } }
    }

    /// Reads an environment that is given.
    public init(environment: [String: String]) {
        self.init { environment[$0] }
    }

    private init(lookup: @escaping (String) -> String?) {
        self.lookup = lookup
    }

    /// A setting of any type; without a default it is required and `standIn` is returned along with the fault.
    public mutating func value<Value>(
        _ name: String, default: (value: Value, text: String)? = nil, standIn: Value, isSecret: Bool = false,
        help: String, read: (String) throws(InvalidSetting) -> Value
    ) -> Value {
        declare(name, `default`.map { .value($0.text) } ?? .required, isSecret, help)
        switch given(name, read) {
        case .value(let value): return value
        case .fault: return standIn
        case .absent:
            if let `default` { return `default`.value }
            faults.append(
                SettingFault(
                    name: name, detail: "is not set",
                    remedy: "set \(name), or \(name)_FILE to the path of a file that holds it"))
            return standIn
        }
    }

    /// A setting of any type that may stay away.
    public mutating func optionalValue<Value>(
        _ name: String, isSecret: Bool = false, help: String, read: (String) throws(InvalidSetting) -> Value
    ) -> Value? {
        declare(name, .none, isSecret, help)
        guard case .value(let value) = given(name, read) else { return nil }
        return value
    }

    /// Adds a fault that concerns several settings, under the name of one.
    public mutating func refuse(_ name: String, _ detail: String, remedy: String) {
        faults.append(SettingFault(name: name, detail: detail, remedy: remedy))
    }

    private enum Given<Value> {
        case value(Value)
        case absent, fault
    }

    private mutating func declare(
        _ name: String, _ absence: SettingDeclaration.Absence, _ isSecret: Bool, _ help: String
    ) {
        precondition(!declarations.contains { $0.name == name }, "\(name) is declared twice")
        declarations.append(SettingDeclaration(name: name, help: help, absence: absence, isSecret: isSecret))
    }

    private mutating func given<Value>(
        _ name: String, _ read: (String) throws(InvalidSetting) -> Value
    ) -> Given<Value> {
        let direct = lookup(name).flatMap { $0.isEmpty ? nil : $0 }
        let file = lookup(name + "_FILE").flatMap { $0.isEmpty ? nil : $0 }
        var source = name
        do throws(InvalidSetting) {
            if direct != nil, file != nil {
                throw InvalidSetting("and \(name)_FILE are both set", remedy: "set one of them")
            }
            if let direct { return .value(try read(direct)) }
            guard let file else { return .absent }
            source = name + "_FILE"
            let text = try SettingsFile.read(file)
            source = name
            return .value(try read(text))
        } catch {
            faults.append(SettingFault(name: source, detail: error.detail, remedy: error.remedy))
            return .fault
        }
    }
}
