import Support

/// A relay on every link of a platform.
struct Relays: Sendable {
    /// All of them.
    let all: [Relay]

    /// Puts relays between the parts of a platform whose services were not started yet.
    init(_ platform: WalletPlatform) throws {
        var relays: [Relay] = []
        let links: [(ServiceProcess, setting: String, name: String)] = [
            (platform.issuer, "DEVICE_REGISTRY_URL", "pass-issuer → device-registry"),
            (platform.issuer, "PUSH_SENDER_URL", "pass-issuer → push-sender"),
            (platform.issuer, "GOOGLE_BRIDGE_URL", "pass-issuer → google-bridge"),
            (platform.issuer, "LINK_BASE_URL", "phones → pass-issuer"),
            (platform.issuer, "WEB_SERVICE_URL", "phones → device-registry"),
            (platform.registry, "PASS_ISSUER_URL", "device-registry → pass-issuer"),
            (platform.registry, "PUSH_SENDER_URL", "device-registry → push-sender"),
            (platform.push, "DEVICE_REGISTRY_URL", "push-sender → device-registry"),
            (platform.push, "APNS_URL", "push-sender → APNs"),
            (platform.bridge, "PASS_ISSUER_URL", "google-bridge → pass-issuer"),
            (platform.bridge, "CALLBACK_BASE_URL", "Google → google-bridge"),
            (platform.bridge, "GOOGLE_WALLET_URL", "google-bridge → Google"),
        ]
        for link in links { relays.append(try Self.relay(link.0, link.setting, link.name)) }
        for service in platform.services {
            relays.append(try Self.relay(service, "DATABASE_URL", "\(service.name) → PostgreSQL"))
        }
        all = relays
    }

    /// No relays.
    init() {
        all = []
    }

    /// The relays of links by its name's end.
    func relay(to callee: String) -> [Relay] { all.filter { $0.name.hasSuffix("→ \(callee)") } }

    /// Ends all of them.
    func close() {
        for relay in all { relay.close() }
    }

    /// A relay to where a setting leads; the setting leads to it from now on.
    private static func relay(_ service: ServiceProcess, _ setting: String, _ name: String) throws -> Relay {
        let host = "127.0.0.1:"
        guard let url = service.settings[setting], let start = url.firstRange(of: host)?.upperBound,
            let target = Int(url[start...].prefix(while: \.isNumber))
        else { throw ProgramFailure(description: "\(service.name) has no \(setting) on 127.0.0.1") }
        let relay = try Relay(name, to: target)
        service.change([setting: url.replacing("\(host)\(target)", with: "\(host)\(relay.port)")])
        return relay
    }
}
