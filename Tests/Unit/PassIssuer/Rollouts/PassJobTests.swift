import Contracts
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct PassJobTests {
    private let now = CampaignVersions.made.adding(seconds: 90)

    private func renewal(_ new: String = CampaignVersions.card()) throws -> PassRenewal {
        PassRenewal(
            from: try CampaignVersions.version(1, CampaignVersions.card()), to: try CampaignVersions.version(2, new))
    }

    private func line(_ number: Int, _ patch: PassPatch, of pass: PassIssuer.Pass) -> StoredPassUpdate {
        StoredPassUpdate(line: number, serialNumber: pass.serialNumber, patch: patch)
    }

    @Test("renews a pass of an older version, and leaves one alone that has the new one")
    func renews() throws {
        let job = PassJob(serialNumber: try CampaignVersions.pass().serialNumber, work: .renew)
        let renewal = try renewal(CampaignVersions.card(#","logoText":"New""#))
        let outcome = job.outcome(for: try CampaignVersions.pass(version: 1), by: renewal, at: now)
        #expect(outcome.tally.notified == 1 && outcome.transition?.new.campaignVersion == 2)
        let again = job.outcome(for: try CampaignVersions.pass(version: 2), by: renewal, at: now)
        #expect(again.tally.treated == 0 && again.transition == nil)
    }

    @Test("counts a pass that can't be made under the new version as failed, with the reason, and stores nothing")
    func refused() throws {
        let pass = try CampaignVersions.pass()
        let job = PassJob(serialNumber: pass.serialNumber, work: .renew)
        let outcome = job.outcome(
            for: pass, by: try renewal(CampaignVersions.card(#","logoText":"{{contact.name}}""#)), at: now)
        #expect(outcome.transition == nil)
        #expect(outcome.tally.failed == 1 && outcome.tally.notified == 0)
        #expect(outcome.tally.errors.first?.serialNumber == pass.serialNumber)
        #expect(outcome.tally.errors.first?.line == nil)
        #expect(outcome.tally.errors.first?.reason.contains("contact.name") == true)
    }

    @Test("voids a pass in the version that it has, once")
    func ends() throws {
        let pass = try CampaignVersions.pass()
        let job = PassJob(serialNumber: pass.serialNumber, work: .end)
        let renewal = try renewal(CampaignVersions.card(#","logoText":"New""#))
        let outcome = job.outcome(for: pass, by: renewal, at: now)
        let ended = try #require(outcome.transition?.new)
        #expect(ended.voided && ended.campaignVersion == 1 && outcome.tally.notified == 1)
        let again = job.outcome(for: ended, by: renewal, at: now)
        #expect(again.transition == nil && again.tally.unchanged == 1)
    }

    @Test("merges lines of one pass in their order; one that would spoil it fails, and those around it count")
    func lines() throws {
        let pass = try CampaignVersions.pass()
        let lines = [
            line(1, PassPatch(voucher: .value(["points": 2])), of: pass),
            line(2, PassPatch(voucher: .value(["points": .null])), of: pass),
            line(5, PassPatch(contact: .value(["name": "Ada"])), of: pass),
        ]
        let job = try #require(PassJob.jobs(for: lines).first)
        let outcome = job.outcome(for: pass, by: try renewal(), at: now)
        #expect(outcome.transition?.new.voucher == ["points": 2])
        #expect(outcome.transition?.new.contact == ["name": "Ada"])
        #expect(outcome.transition?.new.version == 2)
        #expect(outcome.tally.notified == 2 && outcome.tally.failed == 1)
        #expect(outcome.tally.errors.map(\.line) == [2])
    }

    @Test("a line that changes nothing tells nobody")
    func same() throws {
        let pass = try CampaignVersions.pass()
        let job = PassJob(
            serialNumber: pass.serialNumber,
            work: .update([line(1, PassPatch(voucher: .value(["points": 1])), of: pass)]))
        let version = try CampaignVersions.version(1, CampaignVersions.card())
        let outcome = job.outcome(for: pass, by: PassRenewal(from: version, to: version), at: now)
        #expect(outcome.transition == nil && outcome.tally.unchanged == 1)
    }

    @Test("makes one job of the lines of a pass, in the order in which passes come first")
    func jobs() throws {
        let a = try #require(SerialNumber(rawValue: "a"))
        let b = try #require(SerialNumber(rawValue: "b"))
        let lines = [(1, b), (2, a), (3, b)].map {
            StoredPassUpdate(line: $0.0, serialNumber: $0.1, patch: PassPatch())
        }
        let jobs = PassJob.jobs(for: lines)
        #expect(jobs.map(\.serialNumber) == [b, a])
        guard case .update(let first)? = jobs.first?.work else {
            Issue.record("no lines")
            return
        }
        #expect(first.map(\.line) == [1, 3])
    }

    @Test("fails every line of a pass that is not there")
    func unknown() throws {
        let pass = try CampaignVersions.pass()
        let job = PassJob(
            serialNumber: pass.serialNumber,
            work: .update([line(3, PassPatch(), of: pass), line(4, PassPatch(), of: pass)]))
        let tally = job.outcome(for: nil, by: [:], at: now).tally
        #expect(tally.failed == 2 && tally.errors.map(\.line) == [3, 4])
    }

    @Test("keeps the first hundred faults, and counts all")
    func manyFaults() {
        var tally = RolloutTally()
        for line in 1...70 { tally.fail(line: line, nil, "x") }
        var more = RolloutTally()
        for line in 71...140 { more.fail(line: line, nil, "x") }
        tally += more
        #expect(tally.failed == 140 && tally.errors.count == 100 && tally.errors.last?.line == 100)
    }
}
