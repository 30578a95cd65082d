/// All that the phone remembers.
struct WalletContents: Codable, Sendable {
    var services: [WebServiceIdentity] = []
    var passes: [InstalledPass] = []
    /// Deleted passes whose web service does not know it yet.
    var removed: [RemovedPass] = []

    /// The place of a pass with this identity, nil when it is not installed.
    func index(_ passTypeIdentifier: String, _ serialNumber: String) -> Int? {
        passes.firstIndex {
            $0.pass.passTypeIdentifier == passTypeIdentifier && $0.pass.serialNumber == serialNumber
        }
    }

    /// The web service that keeps a pass up to date.
    func service(of pass: PassIdentity) -> WebServiceIdentity? {
        services.first { $0.url == pass.webServiceURL && $0.passTypeIdentifier == pass.passTypeIdentifier }
    }

    /// The place of a web service, made when the phone meets it for the first time.
    mutating func service(url: String, passTypeIdentifier: String) -> Int {
        if let known = services.firstIndex(where: { $0.url == url && $0.passTypeIdentifier == passTypeIdentifier }) {
            return known
        }
        services.append(WebServiceIdentity(url: url, passTypeIdentifier: passTypeIdentifier))
        return services.count - 1
    }
}
