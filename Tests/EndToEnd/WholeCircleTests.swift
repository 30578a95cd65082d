import Contracts
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("From a link to a pass in a registered phone", .sharedPlatform) struct WholeCircleTests {
        @Test("a phone opens a link, keeps the pass up to date, and forgets it") func circle() async throws {
            let platform = try WalletPlatform.shared()
            let person = Person()
            let link = try await platform.link(for: person, voucher: ["points": 120])
            let exchanges = Exchanges()
            let phone = try platform.makePhone(observe: exchanges.add)

            let package = try await phone.add(link: link)
            #expect(PassContent(package: package.bytes)?.points == 120)
            #expect(
                PassContent(package: package.bytes)?.field("member")
                    == .string("\(person.firstName) \(person.lastName)"))
            // The package, the registration, then all passes since the phone has no tag yet, and the package once more.
            #expect(exchanges.statuses == [200, 201, 200, 200])
            exchanges.clear()
            #expect(try await phone.refresh().isEmpty)
            #expect(exchanges.statuses == [204])

            let serialNumber = package.pass.serialNumber
            try await platform.patch(serialNumber, PassPatch(voucher: .value(["points": 130])))
            var updates: [PassUpdate] = []
            try await eventually("the phone to be told") {
                updates = try await phone.refresh()
                return !updates.isEmpty
            }
            #expect(updates.map(\.serialNumber) == [serialNumber] && updates.first?.outcome == .updated)
            #expect(try await phone.refresh().isEmpty)

            exchanges.clear()
            #expect(try await phone.remove(serialNumber: serialNumber))
            #expect(exchanges.statuses == [200])
            // A phone that finds fault with an answer writes to /v1/log.
            #expect(!exchanges.paths.contains { $0.hasPrefix("/v1/log") })
        }

        @Test("the web service answers each step as Apple specifies") func steps() async throws {
            let platform = try WalletPlatform.shared()
            let opened = try await platform.open(try await platform.link(for: Person(), voucher: ["points": 1]))
            #expect(opened.status == .ok)
            #expect(opened.headers["Content-Type"] == "application/vnd.apple.pkpass")
            #expect(opened.headers["Content-Length"] == String(opened.body.count))
            #expect(opened.headers["Content-Disposition"]?.hasPrefix("inline; filename=\"") == true)
            #expect(opened.headers["Cache-Control"] == "no-store, private")
            let content = try #require(PassContent(package: opened.body))
            let serialNumber = content.serialNumber

            let device = WalletDevice(platform)
            try await device.add(package: opened.body)
            #expect(await device.register(serialNumber) == .created)
            #expect(await device.register(serialNumber) == .ok)
            // Without a tag everything is listed; with the tag that came nothing has changed.
            #expect(await device.askWhatChanged() == .ok)
            #expect(await device.fetch(serialNumber) == .ok)
            let firstTag = try #require(await device.tag)
            #expect(await device.askWhatChanged() == .noContent)

            try await platform.patch(serialNumber, PassPatch(voucher: .value(["points": 2])))
            try await eventually("the registry to learn of the change") { await device.askWhatChanged() == .ok }
            let secondTag = try #require(await device.tag)
            #expect(firstTag != secondTag)
            #expect(await device.fetch(serialNumber) == .ok)
            let first = try #require(await device.passes[serialNumber])
            #expect(first.content.points == 2)
            #expect(await device.fetch(serialNumber) == .notModified)
            #expect(await device.askWhatChanged() == .noContent)

            // Two changes within a second: the second has a later Last-Modified too.
            try await platform.patch(serialNumber, PassPatch(voucher: .value(["points": 3])))
            try await platform.patch(serialNumber, PassPatch(voucher: .value(["points": 4])))
            try await eventually("the registry to learn of the changes") {
                await device.refresh()
                return await device.passes[serialNumber]?.content.points == 4
            }
            let second = try #require(await device.passes[serialNumber])
            let dates = try [first, second].map { try #require($0.lastModified.flatMap { Instant(httpDate: $0) }) }
            #expect(dates[0] < dates[1])
            #expect(await device.tag != secondTag)

            #expect(await device.unregister(serialNumber) == .ok)
            #expect(await device.unregister(serialNumber) == .ok)
            #expect(await device.askWhatChanged() == .noContent)
            #expect(await device.complaints.isEmpty)
        }

        @Test("a second open finds the pass that the first one made") func secondOpen() async throws {
            let platform = try WalletPlatform.shared()
            let link = try await platform.link(for: Person())
            let packages = try await [platform.open(link), platform.open(link + ".pkpass")].map(\.body)
            let contents = try packages.map { try #require(PassContent(package: $0)) }
            #expect(contents[0] == contents[1])
            #expect(try await platform.pass(contents[0].serialNumber).version == 1)
        }

        @Test("two registrations at once make one, and a new push token replaces the old") func parallel() async throws
        {
            let platform = try WalletPlatform.shared()
            let package = try await platform.open(try await platform.link(for: Person())).body
            let serialNumber = try #require(PassContent(package: package)).serialNumber
            let phone = WalletDevice(platform)
            try await phone.add(package: package)
            async let one = phone.register(serialNumber)
            async let other = phone.register(serialNumber)
            #expect(await Set([one, other]) == [.created, .ok])
            await phone.changePushToken()
            #expect(await phone.register(serialNumber) == .ok)
            let known = try await platform.registryAdmin.call(
                DeviceRegistryEndpoints.getDevice,
                parameters: ["deviceLibraryIdentifier": await phone.deviceLibraryIdentifier])
            #expect(known.registrations.map(\.serialNumber.rawValue) == [serialNumber])
            #expect(known.pushToken == String(await phone.pushToken.prefix(8)))
        }

        @Test("a stranger to a pass is refused before anything is read") func strangers() async throws {
            let platform = try WalletPlatform.shared()
            let package = try await platform.open(try await platform.link(for: Person())).body
            let content = try #require(PassContent(package: package))
            let base = try #require(platform.registry.publicURL) + "/v1"
            let place = "\(content.passTypeIdentifier)/\(content.serialNumber)"
            let calls: [(HTTPMethod, String)] = [
                (.post, "/devices/d/registrations/\(place)"), (.delete, "/devices/d/registrations/\(place)"),
                (.get, "/passes/\(place)"),
            ]
            for (method, path) in calls {
                for authorization in [nil, "ApplePass wrong", "Bearer \(content.authenticationToken)"] {
                    var request = HTTPClientRequest(method: method, url: base + path)
                    request.headers["Authorization"] = authorization
                    if method == .post { request.body = Array("not JSON".utf8) }
                    #expect(try await platform.client.send(request).status == .unauthorized)
                }
            }
            for (body, status) in [
                ("not JSON", HTTPStatus.badRequest), ("{}", .badRequest), (#"{"pushToken":"fcm:id"}"#, .badRequest),
                (#"{"pushToken":"\#(String(repeating: "a", count: 5_000))"}"#, .contentTooLarge),
            ] {
                let request = HTTPClientRequest(
                    method: .post, url: base + calls[0].1,
                    headers: ["Authorization": "applepass \(content.authenticationToken)"], body: Array(body.utf8))
                #expect(try await platform.client.send(request).status == status)
            }
        }

        @Test("HEAD answers the headers and makes nothing") func head() async throws {
            let platform = try WalletPlatform.shared()
            let person = Person()
            let link = try await platform.link(for: person)
            let before = try await platform.passCount()
            let answer = try await platform.send(.head, link, headers: ["User-Agent": "scanner"])
            #expect(answer.status == .ok && answer.body.isEmpty)
            #expect(answer.headers["Content-Type"] == "application/vnd.apple.pkpass")
            #expect(try await platform.passCount() == before)
        }
    }
}

extension WalletPlatform {
    fileprivate func passCount() async throws -> Int {
        try await admin.call(PassIssuerEndpoints.getCampaign, parameters: ["id": WalletPlatform.campaign.rawValue])
            .passes
    }
}
