import Contracts
import HTTPTypes
import Testing

@testable import PushSender

@Suite struct TopicRecordTests {
    private func record(
        paused: Bool = false, stopped: Bool = false, open: Bool = false, credentials: Bool = true, error: String? = nil
    ) throws -> TopicRecord {
        TopicRecord(
            number: 1, passTypeIdentifier: try #require(PassTypeIdentifier(rawValue: "pass.example")),
            isPaused: paused, isStopped: stopped, isOpen: open, hasCredentials: credentials, lastError: error,
            certificateNotAfter: nil)
    }

    @Test("tells of what holds it longest: the admin, then the configuration, then the breaker")
    func states() throws {
        #expect(try record().state == .running)
        #expect(try record(open: true).state == .open)
        #expect(try record(stopped: true, open: true).state == .stopped)
        #expect(try record(credentials: false).state == .stopped)
        #expect(try record(paused: true, stopped: true, open: true).state == .paused)
    }

    @Test("says that credentials are missing, unless something else was wrong")
    func missingCredentials() throws {
        let topic = try record(credentials: false).described(TopicQueue(), TopicTally())
        #expect(topic.lastError == "There are no credentials for this pass type.")
        #expect(
            try record(credentials: false, error: "Shutdown").described(TopicQueue(), TopicTally()).lastError
                == "Shutdown")
        #expect(try record().described(TopicQueue(), TopicTally()).lastError == nil)
    }
}
