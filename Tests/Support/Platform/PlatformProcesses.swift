/// Puts together the settings of one platform's services.
struct PlatformProcesses {
    private let database: TestDatabase
    private let secrets: PlatformSecrets
    private let directory: TestDirectory
    private let apns: PlatformAPNs
    private let authority: PassAuthority
    private let ports: [ServiceName: (public: Int?, internal: Int)]
    private let updatedFrom: PreviousRelease?

    init(
        database: TestDatabase, secrets: PlatformSecrets, directory: TestDirectory, apns: PlatformAPNs,
        authority: PassAuthority, updatedFrom: PreviousRelease?
    ) throws {
        self.updatedFrom = updatedFrom
        self.apns = apns
        self.authority = authority
        self.database = database
        self.secrets = secrets
        self.directory = directory
        var ports: [ServiceName: (public: Int?, internal: Int)] = [:]
        for name in ServiceName.allCases { ports[name] = try Self.freePorts(for: name) }
        self.ports = ports
    }

    /// Ports of a service's listeners.
    static func freePorts(for name: ServiceName) throws -> (public: Int?, internal: Int) {
        (name.hasPublicListener ? try FreePorts.take() : nil, try FreePorts.take())
    }

    /// The ports at which services reach each other.
    var all: [Int] { ports.values.flatMap { [$0.public, $0.internal].compactMap { $0 } } }

    func issuer(with settings: [String: String]) throws -> ServiceProcess {
        let own = [
            "PERSONALISATION_TOKEN_SHA256": PlatformSecrets.digest(secrets.personalisation),
            "MASTER_KEYS": secrets.masterKeys, "LINK_KEYS": secrets.linkKeys,
            "PASS_TOKEN_KEYS": secrets.passTokenKeys, "LINK_BASE_URL": url(ports[.issuer]?.public),
            "WEB_SERVICE_URL": url(ports[.registry]?.public), "DEVICE_REGISTRY_URL": url(ports[.registry]?.internal),
            "PUSH_SENDER_URL": url(ports[.push]?.internal), "GOOGLE_BRIDGE_URL": url(ports[.bridge]?.internal),
            // The tests come from one address.
            "CREATE_RATE_PER_ADDRESS": "100000",
        ]
        return try process(.issuer, own.merging(settings) { _, given in given })
    }

    func registry() throws -> ServiceProcess {
        try process(
            .registry,
            [
                "PASS_TOKEN_KEYS": secrets.passTokenKeys, "PASS_ISSUER_URL": url(ports[.issuer]?.internal),
                "PUSH_SENDER_URL": url(ports[.push]?.internal),
                // The phones of tests ask without a pause.
                "DEVICE_RATE_PER_DEVICE": "0",
            ])
    }

    func push() throws -> ServiceProcess {
        try process(
            .push,
            [
                "MASTER_KEYS": secrets.masterKeys, "DEVICE_REGISTRY_URL": url(ports[.registry]?.internal),
                "APNS_URL": apns.url, "APNS_CA_FILE": authority.path("root.pem"),
                // A killed replica's work is taken over soon.
                "PUSH_LEASE_SECONDS": "10",
            ])
    }

    func bridge() throws -> ServiceProcess {
        try process(
            .bridge,
            [
                "MASTER_KEYS": secrets.masterKeys, "CALLBACK_BASE_URL": url(ports[.bridge]?.public),
                "ASSET_BASE_URL": url(ports[.issuer]?.public), "PASS_ISSUER_URL": url(ports[.issuer]?.internal),
                // Nobody is there, unless a test starts a simulator.
                "GOOGLE_WALLET_URL": "http://127.0.0.1:9", "GOOGLE_KEYS_URL": "http://127.0.0.1:9/keys",
            ])
    }

    /// A service with what all have, and what it has of its own.
    func process(_ name: ServiceName, _ own: [String: String] = [:]) throws -> ServiceProcess {
        var settings = own
        let release = updatedFrom ?? PreviousRelease.current.flatMap { $0.service == name ? $0 : nil }
        // A release before the owners' logins wants to change the schema, though there is nothing left to change.
        let wantsSchema = updatedFrom == nil && release?.hasOwners == false
        settings["DATABASE_URL"] = wantsSchema ? database.ownerURL(for: name.login) : database.url(for: name.login)
        settings["ADMIN_TOKEN_SHA256"] = PlatformSecrets.digest(secrets.admin)
        for caller in name.callers {
            settings[caller.digestSetting] = PlatformSecrets.digest(secrets.services[caller.rawValue] ?? "")
        }
        // By file, as an operator gives it.
        let token = Array((secrets.services[name.rawValue] ?? "").utf8) + [UInt8(ascii: "\n")]
        settings["SERVICE_TOKEN_FILE"] = try directory.write(token, to: "\(name.rawValue)-token")
        return ServiceProcess(
            name.rawValue, settings: settings, ownerDatabaseURL: database.ownerURL(for: name.login),
            ports: try updatedFrom.map { _ in try Self.freePorts(for: name) } ?? ports[name] ?? (nil, 0),
            logPath: directory.path("\(name.rawValue).log"), release: release, doors: ports[name])
    }

    private func url(_ port: Int?) -> String { "http://127.0.0.1:\(port ?? 0)" }
}
