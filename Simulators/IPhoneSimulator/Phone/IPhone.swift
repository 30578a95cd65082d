import HTTPClient
import HTTPTypes

/// An iPhone as far as Wallet goes: opens links, refuses what the real one refuses, keeps its passes up to date.
///
/// Its wallet lives in a directory. A call to a web service that fails stays to be done, as the real phone keeps its tasks
/// on disk: it is repeated when it is due (`repeatDue`), and by the next `refresh` or push at once.
public actor IPhone {
    /// What the phone calls itself when Safari opens a link.
    public static let browserUserAgent =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        + "Version/18.5 Mobile/15E148 Safari/604.1"

    /// What the phone calls itself to web services.
    public static let walletUserAgent = "passd/1.0 CFNetwork/3826.500.131 Darwin/24.5.0"

    let directory: WalletDirectory
    let client: HTTPClient
    let authorities: String?
    let allowsHTTP: Bool
    let backOff: BackOff
    let mintPushToken: PushTokenMint?
    let now: @Sendable () -> Instant
    let observe: @Sendable (Exchange) -> Void
    var contents: WalletContents

    /// Asks a push service for a new device token for a topic.
    public typealias PushTokenMint = @Sendable (_ passTypeIdentifier: String) async throws -> String

    /// Takes a phone with the wallet that lies in a directory, made when it is not there.
    ///
    /// - Parameters:
    ///   - authorities: a PEM file of the root certificates to believe; nil leaves certificate chains unchecked.
    ///   - allowsHTTP: the developer setting that allows web services without TLS.
    ///   - backOff: the pauses before a call that failed is repeated.
    ///   - mintPushToken: where push tokens come from; nil lets the phone invent them, and no push ever comes.
    ///   - observe: told of each HTTP exchange.
    public init(
        directory: String, client: HTTPClient, authorities: String? = nil, allowsHTTP: Bool = true,
        backOff: BackOff = .phone, mintPushToken: PushTokenMint? = nil,
        now: @escaping @Sendable () -> Instant = { .now() },
        observe: @escaping @Sendable (Exchange) -> Void = { _ in }
    ) throws(PhoneRefusal) {
        self.directory = try WalletDirectory(path: directory)
        self.client = client
        self.authorities = authorities
        self.allowsHTTP = allowsHTTP
        self.backOff = backOff
        self.mintPushToken = mintPushToken
        self.now = now
        self.observe = observe
        contents = try self.directory.load()
    }

    /// The passes in the wallet.
    public var passes: [InstalledPass] { contents.passes }

    /// The web services that the phone knows.
    public var services: [WebServiceIdentity] { contents.services }

    /// Opens a link in Safari and adds the pass that it offers.
    @discardableResult
    public func add(link: String) async throws(PhoneRefusal) -> PassPackage {
        let request = HTTPClientRequest(
            method: .get, url: link,
            headers: [
                "User-Agent": Self.browserUserAgent, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            ], followsRedirects: true)
        let response: HTTPClientResponse
        switch await exchange(request, meaning: Self.meaningOfLink) {
        case .success(let answer): response = answer
        case .failure(let error): throw .notOffered(error.reason)
        }
        guard response.status == .ok else { throw .notOffered("status \(response.status.rawValue)") }
        try Self.checkMediaType(of: response)
        let package = try await PassPackage(response.body, authorities: authorities, allowsHTTP: allowsHTTP)
        try await add(package: package)
        return package
    }

    /// Adds an examined pass, replacing one of the same identity, and registers it with its web service.
    public func add(package: PassPackage) async throws(PhoneRefusal) {
        try install(package, lastModified: nil)
        contents.removed.removeAll { $0.pass.isSamePass(as: package.pass) }
        try directory.save(contents)
        if package.pass.hasWebService { try await register(package.pass) }
    }

    /// Deletes a pass and tells its web service; false when there is none of this serial number.
    @discardableResult
    public func remove(serialNumber: String) async throws(PhoneRefusal) -> Bool {
        let gone = contents.passes.filter { $0.pass.serialNumber == serialNumber }
        contents.passes.removeAll { $0.pass.serialNumber == serialNumber }
        contents.removed += gone.filter(\.pass.hasWebService).map { RemovedPass(pass: $0.pass) }
        try directory.save(contents)
        for pass in gone { directory.remove(pass.file) }
        try await unregisterRemoved()
        return !gone.isEmpty
    }

    func install(_ package: PassPackage, lastModified: String?) throws(PhoneRefusal) {
        let identity = package.pass
        let place = contents.index(identity.passTypeIdentifier, identity.serialNumber)
        let file = place.map { contents.passes[$0].file } ?? "\(WebServiceIdentity.randomHex(bytes: 8)).pkpass"
        try directory.store(package.bytes, as: file)
        let isRegistered = place.map { contents.passes[$0].isRegistered } ?? false
        let installed = InstalledPass(
            pass: identity, lastModified: lastModified, updatedAt: now(), isRegistered: isRegistered, needsFetch: false,
            file: file)
        if let place { contents.passes[place] = installed } else { contents.passes.append(installed) }
    }

    static func checkMediaType(of response: HTTPClientResponse) throws(PhoneRefusal) {
        let type = response.headers["Content-Type"] ?? "none"
        let essence = type.prefix { $0 != ";" }.lowercased()
        guard essence.filter({ $0 != " " }) == "application/vnd.apple.pkpass" else { throw .wrongMediaType(type) }
    }

    private static func meaningOfLink(_ response: HTTPClientResponse) -> String {
        response.status == .ok
            ? "\(response.body.count) bytes of \(response.headers["Content-Type"] ?? "no type")" : "no pass"
    }
}

extension PassIdentity {
    /// The same pass, whatever it says.
    func isSamePass(as other: PassIdentity) -> Bool {
        passTypeIdentifier == other.passTypeIdentifier && serialNumber == other.serialNumber
    }
}
