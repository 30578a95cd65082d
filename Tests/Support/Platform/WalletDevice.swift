import Cryptography
import Foundation
import HTTPClient
import HTTPTypes
import JSON

/// A quick phone for loops: it registers, asks with its tag what changed and fetches only what it is told of.
///
/// What the real one would complain of is kept in `complaints`.
public actor WalletDevice {
    /// A pass as the device has it.
    public struct HeldPass: Sendable {
        /// The newest content.
        public var content: PassContent
        /// The newest Last-Modified of the web service.
        public var lastModified: String?
    }

    /// What it calls itself.
    public let deviceLibraryIdentifier = WalletDevice.random(bytes: 16)
    /// Where pushes would reach it.
    public private(set) var pushToken = WalletDevice.random(bytes: 32)
    /// Its passes by serial number.
    public private(set) var passes: [String: HeldPass] = [:]
    /// What the web service did that it must not do.
    public private(set) var complaints: [String] = []
    /// The newest tag.
    public private(set) var tag: String?

    private let platform: WalletPlatform
    private let baseURL: String
    private var pending: Set<String> = []

    /// A new device that uses the web service at a base URL, by default that of the platform.
    public init(_ platform: WalletPlatform, baseURL: String? = nil) {
        self.platform = platform
        self.baseURL = baseURL ?? platform.registry.publicURL ?? ""
        platform.confide(pushToken)
        platform.confide(deviceLibraryIdentifier)
    }

    /// Gets a new push token, as a phone does after it was restored.
    public func changePushToken() {
        pushToken = Self.random(bytes: 32)
        platform.confide(pushToken)
    }

    /// Takes a package as it came with a link.
    public func add(package: [UInt8]) throws {
        guard let content = PassContent(package: package) else { throw ProgramFailure(description: "not a package") }
        platform.confide(content.authenticationToken)
        passes[content.serialNumber] = HeldPass(content: content)
    }

    /// Registers a pass; nil when no answer came.
    public func register(_ serialNumber: String) async -> HTTPStatus? {
        let body: JSONValue = ["pushToken": .string(pushToken)]
        return await send(.post, registrationPath(serialNumber), serialNumber, body: body.serialized())?.status
    }

    /// Ends the registration of a pass; nil when no answer came.
    public func unregister(_ serialNumber: String) async -> HTTPStatus? {
        await send(.delete, registrationPath(serialNumber), serialNumber)?.status
    }

    /// Asks what changed since the tag it has, and takes the answer; nil when no answer came.
    @discardableResult public func askWhatChanged() async -> HTTPStatus? {
        let query = tag.map { "?passesUpdatedSince=\($0)" } ?? ""
        let path = "/v1/devices/\(deviceLibraryIdentifier)/registrations/\(passType)\(query)"
        guard let response = await send(.get, path) else { return nil }
        switch response.status {
        case .noContent:
            if !response.body.isEmpty { complaints.append("204 with a body") }
        case .ok:
            let answer = try? JSON.parse(response.body)
            let serialNumbers = answer?["serialNumbers"]?.arrayValue?.compactMap(\.stringValue) ?? []
            guard let newTag = answer?["lastUpdated"]?.stringValue, !serialNumbers.isEmpty else {
                complaints.append("an answer without tag or serial numbers")
                break
            }
            if newTag == tag { complaints.append("the tag remained \(newTag)") }
            for number in serialNumbers where passes[number] == nil { complaints.append("\(number) is not here") }
            tag = newTag
            pending.formUnion(serialNumbers)
        case let status where status.rawValue >= 500: break
        case let status: complaints.append("what changed: \(status)")
        }
        return response.status
    }

    /// Fetches what it was told of; what fails is fetched the next time.
    public func fetchPending() async {
        for serialNumber in pending.sorted() { await fetch(serialNumber) }
    }

    /// Asks what changed and fetches it.
    public func refresh() async {
        await askWhatChanged()
        await fetchPending()
    }

    /// Fetches one pass; nil when no answer came.
    @discardableResult public func fetch(_ serialNumber: String) async -> HTTPStatus? {
        guard let held = passes[serialNumber] else { return nil }
        let path = "/v1/passes/\(passType)/\(serialNumber)"
        guard let response = await send(.get, path, serialNumber, since: held.lastModified) else { return nil }
        switch response.status {
        case .notModified: pending.remove(serialNumber)
        case .ok:
            pending.remove(serialNumber)
            take(response, serialNumber, held)
        case let status where status.rawValue >= 500: break
        case let status: complaints.append("get pass: \(status)")
        }
        return response.status
    }

    private func take(_ response: HTTPClientResponse, _ serialNumber: String, _ held: HeldPass) {
        guard let content = PassContent(package: response.body), content.serialNumber == serialNumber,
            let lastModified = response.headers["Last-Modified"], let date = Instant(httpDate: lastModified)
        else { return complaints.append("\(serialNumber): not a package with its date") }
        if let known = held.lastModified.flatMap({ Instant(httpDate: $0) }) {
            if date <= known { complaints.append("\(serialNumber): a package of \(date) after one of \(known)") }
            if content == held.content { complaints.append("\(serialNumber): the same package with a new date") }
        }
        if content.authenticationToken != held.content.authenticationToken {
            complaints.append("\(serialNumber): another authenticationToken")
        }
        passes[serialNumber] = HeldPass(content: content, lastModified: lastModified)
    }

    private static func random(bytes count: Int) -> String { Hex.encode(SecureRandom.bytes(count)) }

    private var passType: String { passes.values.first?.content.passTypeIdentifier ?? PassAuthority.passType }

    private func registrationPath(_ serialNumber: String) -> String {
        "/v1/devices/\(deviceLibraryIdentifier)/registrations/\(passType)/\(serialNumber)"
    }

    private func send(
        _ method: HTTPMethod, _ path: String, _ serialNumber: String? = nil, since: String? = nil, body: [UInt8] = []
    ) async -> HTTPClientResponse? {
        var headers: HTTPHeaders = [:]
        if let token = serialNumber.flatMap({ passes[$0]?.content.authenticationToken }) {
            headers["Authorization"] = "ApplePass \(token)"
        }
        headers["If-Modified-Since"] = since
        if !body.isEmpty { headers["Content-Type"] = "application/json" }
        // A service that is down is what some tests are about.
        return try? await platform.client.send(
            HTTPClientRequest(method: method, url: baseURL + path, headers: headers, body: body))
    }
}
