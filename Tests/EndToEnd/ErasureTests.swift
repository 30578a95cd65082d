import Contracts
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("A person who wants to be forgotten") struct ErasureTests {
        /// What belongs to one person, and what they have.
        private struct Traces {
            let person = Person()
            let voucher = "V\(Person().firstName)"
            var links: [String] = []
            var serialNumbers: [String] = []
        }

        @Test("is gone from all four services and from Google, although each process is killed at random meanwhile")
        func whole() async throws {
            try await GooglePlatform.run { subject in
                let platform = subject.platform
                platform.registry.change(["ERASURE_GRACE_SECONDS": "3600"])
                try await platform.registry.restart(client: platform.client)
                var traces = Traces()
                let phone = WalletDevice(platform)
                try await Self.install(&traces, on: phone, subject)
                let other = Person()
                let kept = try await subject.save(other)
                try await Self.expect(Self.texts(of: traces, phone), areInDump: true, of: platform)

                let erasure = try await platform.admin.call(
                    PassIssuerEndpoints.erase, body: ErasureRequest(contactId: traces.person.id))
                #expect(erasure.state == .running)
                for _ in 0..<8 {
                    let service = try #require(platform.services.randomElement())
                    try await Task.sleep(for: .milliseconds(.random(in: 20...700)))
                    await service.kill()
                    try await service.start()
                    try await service.waitUntilReady(client: platform.client)
                }
                try await eventually(within: .seconds(60), "the phone to hold the void pass") {
                    await phone.refresh()
                    return await phone.passes[traces.serialNumbers[0]]?.content.json["voided"] == true
                }
                try await eventually(within: .seconds(120), "the erasure to end") {
                    try await platform.erasure(erasure.id).state == .done
                }
                try await Self.expect(Self.texts(of: traces, phone), areInDump: false, of: platform)
                try await Self.expectVoid(traces, phone, subject)
                #expect("\(subject.object(kept))".contains(other.firstName))
                try await Self.expectProof(of: erasure.id, traces.person, platform)
                try await Self.expectReturn(of: traces, platform)
            }
        }

        /// An Apple pass on the phone, a Google pass that is saved, and a link that nobody opened yet.
        private static func install(
            _ traces: inout Traces, on phone: WalletDevice, _ subject: GooglePlatform
        ) async throws {
            let platform = subject.platform
            let voucher: JSONObject = ["points": 7, "code": .string(traces.voucher)]
            let link = try await platform.link(for: traces.person, voucher: voucher)
            let package = try await platform.open(link).body
            let serialNumber = try #require(PassContent(package: package)).serialNumber
            try await phone.add(package: package)
            #expect(await phone.register(serialNumber) == .created)
            await phone.refresh()
            var second = LinkRequest(
                id: "g", campaignId: WalletPlatform.campaign, platform: .google,
                passKey: PassKey(rawValue: "g-\(traces.person.id)"))
            second.contact = traces.person.contact
            second.voucher = voucher
            let google = try #require(try await platform.links([second]).first)
            let page = try await subject.offeredPage(of: google)
            let ids = try await subject.google.save(link: page)
            let saved = String(try #require(ids.first).dropFirst(GooglePlatform.issuerID.count + 1))
            try await platform.patch(serialNumber, PassPatch(voucher: .value(["points": 8])))
            try await eventually("the phone to be told") {
                await phone.refresh()
                return await phone.passes[serialNumber]?.content.points == 8
            }
            traces.links = [link, google]
            traces.serialNumbers = [serialNumber, saved]
        }

        /// Everything that must not be found any more.
        private static func texts(of traces: Traces, _ phone: WalletDevice) async -> [String] {
            let person = traces.person
            return [person.id, person.firstName, person.lastName, traces.voucher]
                + [await phone.pushToken, await phone.deviceLibraryIdentifier]
        }

        private static func expect(
            _ texts: [String], areInDump isExpected: Bool, of platform: WalletPlatform
        ) async throws {
            let dump = try await Program.succeed(["pg_dump", "--inserts", platform.database.superuserURL])
            for text in texts { #expect(dump.contains(text) == isExpected, "\(text)") }
        }

        private static func expectVoid(
            _ traces: Traces, _ phone: WalletDevice, _ subject: GooglePlatform
        ) async throws {
            let held = try #require(await phone.passes[traces.serialNumbers[0]])
            #expect(held.content.json["voided"] == true)
            #expect(!"\(held.content.json)".contains(traces.person.firstName))
            let object = subject.object(traces.serialNumbers[1])
            #expect(object["state"] == "INACTIVE")
            for text in [traces.person.id, traces.person.firstName, traces.person.lastName, traces.voucher] {
                #expect(!"\(object)".contains(text), "\(object)")
            }
        }

        private static func expectProof(
            of id: ErasureID, _ person: Person, _ platform: WalletPlatform
        ) async throws {
            let log = try await platform.send(
                .get, platform.issuer.internalURL + "/admin/v1/audit-log?limit=500",
                headers: ["Authorization": "Bearer \(platform.secrets.admin)"])
            let items = try JSON.parse(log.body)["items"]?.arrayValue ?? []
            let begun = try #require(
                items.first { $0["method"] == "POST" && $0["route"] == "/admin/v1/erasures" })
            let ended = try #require(items.first { $0["method"] == "COMPLETE" })
            #expect(begun["status"] == 202 && begun["requestId"] == ended["requestId"])
            #expect(ended["ids"]?["id"]?.stringValue == id.rawValue && ended["ids"]?["passes"] == "2")
            #expect(!String(decoding: log.body, as: UTF8.self).contains(person.id))
        }

        /// Old links open nothing; a link that is made now makes the pass anew.
        private static func expectReturn(of traces: Traces, _ platform: WalletPlatform) async throws {
            let old = try await platform.open(traces.links[0])
            #expect(old.status == .gone, "\(String(decoding: old.body, as: UTF8.self))")
            let page = try await platform.send(
                .get, traces.links[0], headers: ["User-Agent": "Mozilla/5.0 (X11; Linux)", "Accept": "text/html"])
            #expect(page.status == .gone)
            #expect(String(decoding: page.body, as: UTF8.self).contains("isn’t valid any more"))
            await #expect(throws: RPCError.self) {
                try await platform.patch(traces.serialNumbers[0], PassPatch(voucher: .value(["points": 9])))
            }
            let link = try await platform.link(for: traces.person, voucher: ["points": 1])
            let opened = try await platform.open(link)
            #expect(opened.status == .ok)
            #expect(PassContent(package: opened.body)?.points == 1)
        }
    }
}

extension WalletPlatform {
    fileprivate func erasure(_ id: ErasureID) async throws -> Erasure {
        try await admin.call(PassIssuerEndpoints.getErasure, parameters: ["id": id.rawValue])
    }
}
