import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Testing

@testable import IPhoneSimulator

@Suite struct IPhoneTests {
    private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"
    @Test("opens a link as Safari, registers with the pass's token, and asks what changed without one")
    func adds() async throws {
        try await PhoneStage.run { stage in
            let phone = try await stage.registered()
            let service = try #require(await phone.services.first)
            let path = "/v1/devices/\(service.deviceLibraryIdentifier)/registrations/pass.com.example.test"
            #expect(stage.server.lines == ["GET /link", "POST \(path)/S-1", "GET \(path)"])
            let requests = stage.server.requests
            #expect(requests[0].headers["User-Agent"]?.contains("iPhone") == true)
            #expect(requests[1].headers["User-Agent"]?.hasPrefix("passd/") == true)
            #expect(requests[1].headers["Authorization"] == "ApplePass 0123456789abcdef")
            #expect(try JSON.parse(requests[1].body) == ["pushToken": .string(service.pushToken)])
            #expect(requests[2].headers["Authorization"] == nil)
            #expect(requests[2].query.isEmpty)
            #expect(await phone.passes.map(\.isRegistered) == [true])
        }
    }

    @Test("remembers its wallet, identifiers and tag in its directory")
    func remembers() async throws {
        try await PhoneStage.run { stage in
            stage.server.answer { $0.changes = PhoneStage.changes(#"{"serialNumbers":[],"lastUpdated":"7 &"}"#) }
            let before = try await stage.registered()
            let after = try await stage.phone()
            #expect(await after.services == before.services)
            try await after.refresh()
            #expect(stage.server.requests.last?.query.first("passesUpdatedSince") == "7 &")
        }
    }

    @Test("takes nothing that is not served as a pass, nor with another status than 200")
    func refusesLinks() async throws {
        try await PhoneStage.run { stage in
            let phone = try await stage.phone()
            let bytes = try await stage.package()
            let link = "\(stage.server.url)/link"
            stage.server.answer {
                $0.link = HTTPResponse(.ok, headers: ["Content-Type": "application/zip"], body: .bytes(bytes))
            }
            await #expect(throws: PhoneRefusal.wrongMediaType("application/zip")) { try await phone.add(link: link) }
            stage.server.answer { $0.link = HTTPResponse(.gone) }
            await #expect(throws: PhoneRefusal.notOffered("status 410")) { try await phone.add(link: link) }
            #expect(await phone.passes.isEmpty)
            #expect(stage.server.lines == ["GET /link", "GET /link"])
        }
    }

    @Test("fetches what is listed, first without a date and then with the one it got, as it came")
    func fetches() async throws {
        try await PhoneStage.run { stage in
            let phone = try await stage.registered()
            let newer = try await stage.package { $0.pass = $0.pass.mergePatched(with: ["description": "newer"]) }
            stage.server.answer {
                $0.changes = PhoneStage.changes(#"{"serialNumbers":["S-1"],"lastUpdated":"1"}"#)
                $0.pass = PhoneStage.pass(newer, lastModified: "odd date, kept as it is")
            }
            #expect(try await phone.refresh() == [PassUpdate(serialNumber: "S-1", outcome: .updated)])
            #expect(stage.server.requests.last?.headers["If-Modified-Since"] == nil)
            #expect(await phone.passes.first?.pass.description == "newer")
            stage.server.answer {
                $0.changes = PhoneStage.changes(#"{"serialNumbers":["S-1"],"lastUpdated":"2"}"#)
                $0.pass = HTTPResponse(.notModified)
            }
            #expect(try await phone.refresh() == [PassUpdate(serialNumber: "S-1", outcome: .unchanged)])
            #expect(stage.server.requests.last?.headers["If-Modified-Since"] == "odd date, kept as it is")
            #expect(stage.server.log == [])
        }
    }

    @Test(
        "ignores a list that is not as iOS takes it, and reports it",
        arguments: [
            #"{"serialNumbers":["S-1"],"lastUpdated":1}"#, #"{"serialNumbers":[1],"lastUpdated":"1"}"#,
            #"{"serialNumbers":"S-1","lastUpdated":"1"}"#, #"{"lastUpdated":"1"}"#, "no JSON",
        ])
    func refusesLists(body: String) async throws {
        try await PhoneStage.run { stage in
            let phone = try await stage.registered()
            stage.server.answer { $0.changes = PhoneStage.changes(body) }
            #expect(try await phone.refresh().isEmpty)
            #expect(await phone.services.first?.tag == nil)
            #expect(stage.server.log.count == 1)
            #expect(stage.server.log.first?.hasSuffix("encountered error: Malformed response") == true)
            #expect(!stage.server.lines.contains { $0.hasPrefix("GET /v1/passes") })
        }
    }

    @Test("reports a list without a tag, with the same tag, and of passes it does not have")
    func complainsOfLists() async throws {
        try await PhoneStage.run { stage in
            let phone = try await stage.registered()
            let prefix = "Web service error for pass.com.example.test (\(stage.server.url)): "
            stage.server.answer { $0.changes = PhoneStage.changes(#"{"serialNumbers":[]}"#) }
            try await phone.refresh()
            stage.server.answer { $0.changes = PhoneStage.changes(#"{"serialNumbers":["S-2"],"lastUpdated":"1"}"#) }
            try await phone.refresh()
            try await phone.refresh()
            let unregistered = prefix + "Update requested for unregistered serial number S-2"
            #expect(
                stage.server.log == [
                    prefix + "Response to 'What changed?' request included 0 serial numbers but omitted a lastUpdated "
                        + "tag.",
                    unregistered,
                    prefix
                        + "Response to 'What changed?' request included 1 serial numbers but the lastUpdated tag (1) "
                        + "remained the same.",
                    unregistered,
                ])
        }
    }

    @Test("reports unexpected statuses and refused tokens in the words of iOS")
    func reportsStatuses() async throws {
        try await PhoneStage.run { stage in
            let phone = try await stage.registered()
            stage.server.answer {
                $0.changes = PhoneStage.changes(#"{"serialNumbers":["S-1"],"lastUpdated":"1"}"#)
                $0.pass = HTTPResponse(.unauthorized)
            }
            #expect(try await phone.refresh() == [PassUpdate(serialNumber: "S-1", outcome: .failed)])
            stage.server.answer {
                $0.changes = HTTPResponse(.internalServerError)
                $0.pass = HTTPResponse(.badGateway)
            }
            try await phone.refresh()
            let ends = stage.server.log.compactMap { $0.split(separator: ": ").last.map(String.init) }
            #expect(ends == ["Authentication failure", "Unexpected response code 500", "Unexpected response code 502"])
        }
    }

    @Test("reports a package without Last-Modified, and an unchanged one in spite of If-Modified-Since")
    func complainsOfPackages() async throws {
        try await PhoneStage.run { stage in
            let phone = try await stage.registered()
            let bytes = try await stage.package()
            stage.server.answer { $0.pass = PhoneStage.pass(bytes, lastModified: nil) }
            try await phone.pullToRefresh(serialNumber: "S-1")
            stage.server.answer { $0.pass = PhoneStage.pass(bytes) }
            try await phone.pullToRefresh(serialNumber: "S-1")
            try await phone.pullToRefresh(serialNumber: "S-1")
            let prefix = "Web service error for pass.com.example.test (\(stage.server.url)): "
            #expect(
                stage.server.log == [
                    prefix + "Server returned the pass data for serial number 'S-1' but did not provide a "
                        + "'last-modified' header.",
                    prefix + "Server ignored the 'if-modified-since' header (\(Self.date)) and returned the full "
                        + "unchanged pass data for serial number 'S-1'.",
                ])
        }
    }

    @Test("refuses an update that is spoilt, of another pass, or with another token, and keeps the pass it has")
    func refusesUpdates() async throws {
        try await PhoneStage.run { stage in
            let phone = try await stage.registered()
            let spoilt = try await stage.package { $0.lateFiles = [("icon.png", [1])] }
            let other = try await stage.package { $0.pass = $0.pass.mergePatched(with: ["serialNumber": "S-2"]) }
            let token = try await stage.package {
                $0.pass = $0.pass.mergePatched(with: ["authenticationToken": "another-token-of-16"])
            }
            for bytes in [spoilt, other, token] {
                stage.server.answer { $0.pass = PhoneStage.pass(bytes) }
                let update = try #require(try await phone.pullToRefresh(serialNumber: "S-1"))
                guard case .refused = update.outcome else {
                    Issue.record("the phone took it: \(update.outcome)")
                    continue
                }
            }
            #expect(stage.server.log.count == 3)
            #expect(stage.server.log.allSatisfy { $0.contains("Received invalid pass data") })
            #expect(await phone.passes.map(\.pass.authenticationToken) == ["0123456789abcdef"])
        }
    }

    @Test("reports pushes and lists without a change only once its tag and pass are five minutes old")
    func isPatient() async throws {
        try await PhoneStage.run { stage in
            let phone = try await stage.registered()
            let bytes = try await stage.package()
            stage.server.answer {
                $0.changes = PhoneStage.changes(#"{"serialNumbers":["S-1"],"lastUpdated":"1"}"#)
                $0.pass = PhoneStage.pass(bytes)
            }
            try await phone.refresh()
            for seconds in [0, 301] {
                stage.clock.advance(seconds: seconds)
                stage.server.answer { $0.changes = HTTPResponse(.noContent) }
                try await phone.receivePush(passTypeIdentifier: "pass.com.example.test")
                stage.server.answer {
                    $0.changes = PhoneStage.changes(#"{"serialNumbers":["S-1"],"lastUpdated":"\#(seconds + 2)"}"#)
                    $0.pass = HTTPResponse(.notModified)
                }
                try await phone.receivePush(passTypeIdentifier: "pass.com.example.test")
                #expect(stage.server.log.count == (seconds == 0 ? 0 : 2))
            }
            #expect(stage.server.log.first?.contains("Device received spurious push.") == true)
            #expect(stage.server.log.last?.hasSuffix("'S-1', but the pass was unchanged.") == true)
        }
    }

    @Test("repeats on the next refresh what a server in trouble did not do")
    func repeats() async throws {
        try await PhoneStage.run { stage in
            stage.server.answer { $0.registration = HTTPResponse(.serviceUnavailable) }
            let phone = try await stage.registered()
            #expect(await phone.passes.map(\.isRegistered) == [false])
            stage.server.answer { $0.registration = HTTPResponse(.ok) }
            try await phone.refresh()
            #expect(await phone.passes.map(\.isRegistered) == [true])

            stage.server.answer { $0.unregistration = HTTPResponse(.serviceUnavailable) }
            #expect(try await phone.remove(serialNumber: "S-1"))
            stage.server.answer { $0.unregistration = HTTPResponse(.ok) }
            try await phone.refresh()
            try await phone.refresh()
            #expect(stage.server.lines.count { $0.hasPrefix("DELETE") } == 2)
            #expect(await phone.passes.isEmpty)
        }
    }

    @Test("writes an exchange into one line with method, shortened path, status and meaning")
    func writesLines() {
        let exchange = Exchange(
            method: "POST",
            path: "/v1/devices/0123456789abcdef0123456789abcdef/registrations/pass.com.example.test/S-1",
            status: 201, duration: .milliseconds(3), meaning: "registered")
        #expect(
            exchange.line.split(separator: "  ", omittingEmptySubsequences: true)
                .map { $0.drop { $0 == " " } } == [
                    "POST", "/v1/devices/01234567…/registrations/pass.com.example.test/S-1", "201", "3 ms",
                    "registered",
                ])
    }
}
