import Contracts
import HTTPTypes
import JSON
import Support
import Synchronization
import Testing

@testable import PassIssuer

@Suite struct TimelineTests {
    private func kinds(_ answer: IssuerUnderTest.Answer) -> [String] {
        (answer.json["events"]?.arrayValue ?? []).compactMap { $0["kind"]?.stringValue }
    }

    @Test("tells the life of a pass as all services saw it, and what its newest change waits for")
    func life() async throws {
        let push = try PushSenderStub()
        try await IssuerUnderTest.run(withRegistry: ["PUSH_SENDER_URL": push.url]) { issuer, registry in
            try await issuer.putActiveCampaign()
            _ = try await issuer.open(try await issuer.link())
            let serial = try #require(try await issuer.serialNumbers().first)
            let path = "/admin/v1/passes/\(serial)/timeline"
            let fresh = try await issuer.admin(.get, path)
            #expect(kinds(fresh) == ["issued", "downloaded"])
            #expect(fresh.json["waitingFor"] == .null && fresh.json["missing"] == nil)

            let device = try #require(DeviceLibraryIdentifier(rawValue: "d-1"))
            let token = try #require(PushToken(rawValue: "ab12"))
            registry.notes.events.withLock {
                $0.devices = [RegisteredDevice(deviceLibraryIdentifier: device, pushToken: token, registeredAt: .now())]
                $0.events = [
                    PassEvent(at: .now(), kind: .registered, detail: "r", deviceLibraryIdentifier: device)
                ]
            }
            let patch: JSONValue = ["voucher": ["points": 11]]
            #expect(try await issuer.admin(.patch, "/admin/v1/passes/\(serial)", patch).status == 200)
            let changed = try await issuer.admin(.get, path)
            #expect(kinds(changed) == ["issued", "downloaded", "registered", "changed"])
            #expect(changed.json["waitingFor"] == "pushQueued")

            push.notes.events.withLock {
                $0 = [
                    PassEvent(at: Instant(seconds: 1), kind: .pushAccepted, detail: "of another pass, long ago"),
                    PassEvent(at: .now(), kind: .pushQueued, detail: "q"),
                    PassEvent(at: .now(), kind: .pushAccepted, detail: "a"),
                ]
            }
            let pushed = try await issuer.admin(.get, path)
            #expect(kinds(pushed).suffix(2) == ["pushQueued", "pushAccepted"])
            #expect(kinds(pushed).count == 6)
            #expect(pushed.json["events"]?.arrayValue?.last?["deviceLibraryIdentifier"] == "d-1")
            #expect(pushed.json["events"]?.arrayValue?.last?["service"] == "push-sender")
            #expect(pushed.json["waitingFor"] == "changesListed")

            registry.notes.events.withLock { answer in
                for kind in [PassEventKind.changesListed, .fetched] {
                    answer.events.append(
                        PassEvent(at: .now(), kind: kind, detail: "x", deviceLibraryIdentifier: device))
                }
            }
            #expect(try await issuer.admin(.get, path).json["waitingFor"] == .null)
            #expect(try await issuer.admin(.get, "/admin/v1/passes/nobody/timeline").status == 404)
        }
        await push.stop()
    }

    @Test("names the services that can't be asked, and tells what is known without them")
    func missing() async throws {
        try await IssuerUnderTest.run([
            "DEVICE_REGISTRY_URL": "http://127.0.0.1:1", "PUSH_SENDER_URL": "http://127.0.0.1:1",
        ]) {
            issuer in
            try await issuer.putActiveCampaign()
            _ = try await issuer.open(try await issuer.link())
            let serial = try #require(try await issuer.serialNumbers().first)
            let answer = try await issuer.admin(.get, "/admin/v1/passes/\(serial)/timeline")
            #expect(answer.status == 200)
            #expect(answer.json["missing"] == ["device-registry"])
            #expect(answer.json["waitingFor"] == .null)
            #expect(kinds(answer) == ["issued", "downloaded"])
        }
        try await IssuerUnderTest.run(withRegistry: ["PUSH_SENDER_URL": "http://127.0.0.1:1"]) { issuer, registry in
            let device = RegisteredDevice(
                deviceLibraryIdentifier: try #require(DeviceLibraryIdentifier(rawValue: "d-1")),
                pushToken: PushToken(rawValue: "ab12"), registeredAt: .now())
            registry.notes.events.withLock { $0.devices = [device] }
            try await issuer.putActiveCampaign()
            _ = try await issuer.open(try await issuer.link())
            let serial = try #require(try await issuer.serialNumbers().first)
            let answer = try await issuer.admin(.get, "/admin/v1/passes/\(serial)/timeline")
            #expect(answer.json["missing"] == ["push-sender"])
        }
    }

    @Test("writes down what changed a pass, by whatever way, and that its package was loaded again")
    func causes() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            _ = try await issuer.open(try await issuer.link())
            let serial = try #require(try await issuer.serialNumbers().first)
            let patch: JSONValue = ["voucher": ["points": 11]]
            #expect(try await issuer.admin(.patch, "/admin/v1/passes/\(serial)", patch).status == 200)
            // Nobody sees this one.
            let unseen: JSONValue = ["contact": ["phone": "1"]]
            #expect(try await issuer.admin(.patch, "/admin/v1/passes/\(serial)", unseen).status == 200)
            try await issuer.ended(try issuer.rolloutID(try await issuer.change()))
            _ = try await issuer.updated(#"{"serialNumber":"\#(serial)","voucher":{"points":12}}"#)
            _ = try await issuer.open(try await issuer.link(voucher: ["points": 13]))
            #expect(
                try await eventually {
                    try await issuer.number("SELECT count(*) FROM issuer.pass_events WHERE kind = 'downloaded'") == 2
                })
            let answer = try await issuer.admin(.get, "/admin/v1/passes/\(serial)/timeline")
            let details = (answer.json["events"]?.arrayValue ?? []).filter { $0["kind"] == "changed" }
                .compactMap { $0["detail"]?.stringValue }
            #expect(
                details == [
                    "Its data were changed.", "It was made of version 3 of its campaign.",
                    "Its data were changed by a mass update.", "A newer link brought newer data.",
                ])
        }
    }
}

@Suite struct OverviewTests {
    private func day(_ answer: IssuerUnderTest.Answer, _ date: String) -> JSONValue? {
        answer.json["days"]?.arrayValue?.first { $0["date"]?.stringValue == date }
    }

    @Test("adds up what all services counted, day by day, with zeros for days on which nothing happened")
    func addsUp() async throws {
        let push = try PushSenderStub()
        try await IssuerUnderTest.run(withRegistry: ["PUSH_SENDER_URL": push.url]) { issuer, registry in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(3)
            try await issuer.ended(try issuer.rolloutID(try await issuer.change()))
            let today = DayRange.date(of: .now())
            registry.notes.days.withLock { $0 = [ActivityDay(date: today, installed: 5, removed: 1)] }
            push.notes.days.withLock {
                $0 = [ActivityDay(date: today, pushesAccepted: 7), ActivityDay(date: "2001-01-01", pushesAccepted: 99)]
            }
            let answer = try await issuer.admin(.get, "/admin/v1/overview")
            #expect(answer.json["days"]?.arrayValue?.count == 30)
            let figures = try #require(day(answer, today))
            #expect(figures["issued"] == 3 && figures["updates"] == 3 && figures["installed"] == 5)
            #expect(figures["pushesAccepted"] == 7 && figures["googleSaved"] == 0)
            #expect(answer.json["totals"]?["pushesAccepted"] == 7 && answer.json["totals"]?["removed"] == 1)
            #expect(answer.json["days"]?.arrayValue?.first?["issued"] == 0)
            // Nobody listens where google-bridge should be.
            let warnings = (answer.json["warnings"]?.arrayValue ?? []).compactMap(\.stringValue)
            #expect(warnings.contains { $0.contains("google-bridge") && $0.contains("can't be asked") })
            #expect(!warnings.contains { $0.contains("device-registry can't") })
        }
        await push.stop()
    }

    @Test(
        "refuses dates that are none",
        arguments: ["from=2026-02-30", "from=yesterday", "from=2026-06-02&to=2026-06-01", "to=2026-6-1"])
    func badDates(query: String) async throws {
        try await IssuerUnderTest.run { issuer in
            #expect(try await issuer.admin(.get, "/admin/v1/overview?\(query)").status == 400)
            let span = try await issuer.admin(.get, "/admin/v1/overview?from=2026-05-30&to=2026-06-01")
            let dates = (span.json["days"]?.arrayValue ?? []).compactMap { $0["date"]?.stringValue }
            #expect(dates == ["2026-05-30", "2026-05-31", "2026-06-01"])
        }
    }

    @Test("warns of what waits for long, of certificates that expire, and of rollouts that could not go on")
    func warns() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(1)
            await issuer.stopBackgroundWork()
            let id = try issuer.rolloutID(try await issuer.change())
            try await issuer.pool.execute(
                "UPDATE issuer.rollouts SET state = 'failed', finished_at = now(), updated_at = now()")
            try await issuer.pool.execute("UPDATE issuer.messages SET created_at = now() - interval '2 hours'")
            let warnings = (try await issuer.admin(.get, "/admin/v1/overview").json["warnings"]?.arrayValue ?? [])
                .compactMap(\.stringValue)
            #expect(warnings.contains { $0.contains("push-sender") && $0.contains("120 minutes") })
            #expect(warnings.contains { $0.contains(id) })
        }
    }
}
