import Contracts
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support

extension Load {
    /// Makes the phones of the fleet, each with passes that change all the time.
    func addPhones(_ count: Int, passes: Int) async throws {
        for _ in 0..<count {
            var contents: [PassContent] = []
            for _ in 0..<passes { contents.append(try await makePass(isSteady: true)) }
            try await addPhone(contents)
        }
    }

    /// Makes a phone with passes, which registers each of them, fetches it, and follows its pushes from then on.
    func addPhone(_ contents: [PassContent]) async throws {
        let token = try platform.apns.simulator.mintToken(topic: PassAuthority.passType)
        let phone = FleetPhone(
            pushToken: token,
            passes: Dictionary(uniqueKeysWithValues: contents.map { ($0.serialNumber, $0.authenticationToken) }))
        await stage.fleet.add(phone)
        for content in contents {
            let device = phone.deviceLibraryIdentifier
            try await insist(.registration) { try await register(content, device: device, pushToken: token) }
            await ledger.acknowledge(registration: true, device: device, serialNumber: content.serialNumber)
        }
        await stage.fleet.receive(Push(passTypeIdentifier: PassAuthority.passType, pushToken: token))
    }

    /// New people open their links, two at once, and keep the pass on a phone.
    func comeAndStay() async throws {
        while isOn.isUp {
            let content = try await makePass(isSteady: false)
            try await addPhone([content])
            // Changed once: what is lost of it no later change makes up for.
            try await insistOnChange(content.serialNumber)
            try await pause(800...1_600)
        }
    }

    /// Phones that add a pass and take it away again, over and over.
    func comeAndGo() async throws {
        let content = try await makePass(isSteady: false)
        let (device, pushToken) = (WebServiceIdentity.randomHex(bytes: 16), WebServiceIdentity.randomHex(bytes: 32))
        while isOn.isUp {
            try await insist(.registration) { try await register(content, device: device, pushToken: pushToken) }
            await ledger.acknowledge(registration: true, device: device, serialNumber: content.serialNumber)
            try await pause(200...1_000)
            guard isOn.isUp || Bool.random() else { break }
            try await insist(.unregistration) { try await unregister(content, device: device) }
            await ledger.acknowledge(registration: false, device: device, serialNumber: content.serialNumber)
            try await pause(200...1_000)
        }
    }

    /// A phone adds a pass and takes it away again.
    func comeAndLeave() async throws {
        let content = try await makePass(isSteady: false)
        let (device, pushToken) = (WebServiceIdentity.randomHex(bytes: 16), WebServiceIdentity.randomHex(bytes: 32))
        try await insist(.registration) { try await register(content, device: device, pushToken: pushToken) }
        await ledger.acknowledge(registration: true, device: device, serialNumber: content.serialNumber)
        try await insist(.unregistration) { try await unregister(content, device: device) }
        await ledger.acknowledge(registration: false, device: device, serialNumber: content.serialNumber)
    }

    /// Makes a pass by a link that is opened twice at once, as impatient people do.
    private func makePass(isSteady: Bool) async throws -> PassContent {
        let person = Person()
        var found: PassContent?
        try await insist(.pass) {
            let link = try await link(for: person, .apple)
            await ledger.open(key: person.id)
            async let first = open(link)
            async let second = open(link)
            let contents = await (try? first, try? second)
            guard let content = contents.0 ?? contents.1 else {
                _ = try await open(link)
                throw Unanswered(status: nil)
            }
            if let (one, other) = contents.0.flatMap({ one in contents.1.map { (one, $0) } }),
                one.serialNumber != other.serialNumber
            {
                stage.findings.add("one link made two passes: \(one.serialNumber) and \(other.serialNumber)")
            }
            found = content
        }
        guard let found else { throw CancellationError() }
        await ledger.add(found.serialNumber, WrittenPass(key: person.id, wallet: .apple, isSteady: isSteady))
        return found
    }

    private func open(_ link: String) async throws -> PassContent {
        let answer = try await platform.open(link)
        guard answer.status == .ok else { throw Unanswered(status: answer.status.rawValue) }
        guard let content = PassContent(package: answer.body) else { throw Unanswered(status: 200) }
        return content
    }

    /// Mints a link; the person stands in no list of what no log may hold, because these become too many.
    func link(for person: Person, _ wallet: LinkPlatform) async throws -> String {
        let caller = RPCClient(
            client: platform.client, baseURL: platform.issuer.internalURL, token: platform.secrets.personalisation)
        var voucher = WrittenPass.voucher(change: 0)
        voucher["tier"] = .string(WrittenPass.tier(0))
        let request = LinkRequest(
            id: person.id, campaignId: WalletPlatform.campaign, platform: wallet, contact: person.contact,
            voucher: voucher)
        let answer = try await caller.call(
            PassIssuerEndpoints.links, body: LinksRequest(requests: [try JSON.encodeToValue(request)]))
        guard let url = answer.urls.first?.url else { throw Unanswered(status: 200) }
        return url
    }

    private func register(_ content: PassContent, device: String, pushToken: String) async throws {
        try await call(.post, content, device, body: ["pushToken": .string(pushToken)])
    }

    private func unregister(_ content: PassContent, device: String) async throws {
        try await call(.delete, content, device)
    }

    private func call(
        _ method: HTTPMethod, _ content: PassContent, _ device: String, body: JSONValue? = nil
    ) async throws {
        let base = platform.issuer.settings["WEB_SERVICE_URL"] ?? ""
        let path = "/v1/devices/\(device)/registrations/\(PassAuthority.passType)/\(content.serialNumber)"
        var headers: HTTPHeaders = ["Authorization": "ApplePass \(content.authenticationToken)"]
        if body != nil { headers["Content-Type"] = "application/json" }
        let answer = try await platform.client.send(
            HTTPClientRequest(
                method: method, url: base + path, headers: headers, body: body?.serialized() ?? [],
                deadline: .seconds(15)))
        guard answer.status == .ok || answer.status == .created else {
            throw Unanswered(status: answer.status.rawValue)
        }
    }
}
