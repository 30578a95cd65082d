import Contracts
import HTTPTypes
import Testing

@testable import DeviceRegistry

@Suite struct DeviceLogLineTests {
    // The wording is that of lines which phones sent to public servers and of Apple's own reports.
    static let lines: [(String, DeviceLogKind)] = [
        (
            "[2016-08-28 20:44:25 +0700] Register task (for device 19121d6b570b31a3fa56dbd45411c933, pass type "
                + "pass.com.example.card, serial number 85607BFE98D91A-765F7B05-D5E4-4B32; with web service url "
                + "https://example.com/passbook) encountered error: Authentication failure",
            .authentication
        ),
        (
            "[2022-09-06 09:14:07 +0800] Get serial #s task (for device b33e3a3dccb3030333e3333da33333a3, pass type "
                + "pass.com.example.card, last updated (null); with web service url https://example.com/api) "
                + "encountered error: Unexpected response code 404",
            .unexpectedResponse
        ),
        (
            "Web service error for pass.com.example.card (https://example.com/): Response to 'What changed?' request "
                + "included 3 serial numbers but omitted a lastUpdated tag.",
            .missingTag
        ),
        (
            "[2024-07-08 10:22:35 AM +0200] Web service error for pass.com.example.card (https://example.com/passes/): "
                + "Response to 'What changed?' request included 1 serial numbers but the lastUpdated tag (17) remained "
                + "the same.",
            .sameTag
        ),
        (
            "Web service error for pass.com.example.card (https://example.com/): Device received spurious push. Request "
                + "for passesUpdatedSince '5' returned no serial numbers. (Device = 691020eb0a5e4b1d8f3c2b7a9d6e5f40)",
            .spuriousPush
        ),
        (
            "[2013-03-22 11:10:28 -0700] Web service error for pass.com.example.card (https://www.example.com/): Server "
                + "requested update to serial number '12345', but the pass was unchanged.",
            .passUnchanged
        ),
        (
            "Web service error for pass.com.example.card (https://example.com/): Server ignored the 'if-modified-since' "
                + "header (Tue, 23 Aug 2016 16:54:10 GMT) and returned the full unchanged pass data for serial number "
                + "'8C6771F89ED51DAA-AAF3100E'.",
            .ignoredIfModifiedSince
        ),
        (
            "Web service error for pass.com.example.card (https://example.com/): Server returned the pass data for "
                + "serial number '12345' but did not provide a 'last-modified' header.",
            .missingLastModified
        ),
        (
            "[2016-08-24 10:04:38 +0800] Web service error for pass.com.example.card (https://example.com/): Update "
                + "requested for unregistered serial number 8C6772F099D51AA3-7A32F5FB",
            .unregisteredSerialNumber
        ),
        (
            "Web service error for pass.com.example.card (https://example.com/): Personalization request was issued for "
                + "serial number '12345', but the pass was unchanged.",
            .personalization
        ),
        (
            "Invalid data error reading pass pass.com.example.card/12345. Pass dictionary must contain key 'x'.",
            .invalidPass
        ),
        ("something else entirely", .other),
    ]

    @Test("recognises what iOS reports", arguments: lines)
    func recognisesKind(line: String, kind: DeviceLogKind) {
        #expect(DeviceLogLine(line).kind == kind)
    }

    @Test("finds the pass type and serial number that a line names")
    func findsPass() {
        let failure = DeviceLogLine(Self.lines[0].0)
        #expect(failure.passTypeIdentifier?.pathSegment == "pass.com.example.card")
        #expect(failure.serialNumber?.pathSegment == "85607BFE98D91A-765F7B05-D5E4-4B32")
        let unchanged = DeviceLogLine(Self.lines[5].0)
        #expect(unchanged.passTypeIdentifier?.pathSegment == "pass.com.example.card")
        #expect(unchanged.serialNumber?.pathSegment == "12345")
        let unregistered = DeviceLogLine(Self.lines[8].0)
        #expect(unregistered.serialNumber?.pathSegment == "8C6772F099D51AA3-7A32F5FB")
    }

    @Test("takes a number of serial numbers for no serial number")
    func ignoresCounts() {
        #expect(DeviceLogLine(Self.lines[2].0).serialNumber == nil)
        #expect(DeviceLogLine(Self.lines[4].0).serialNumber == nil)
    }

    @Test("masks device identifiers, serial numbers and tokens wherever they stand")
    func masks() {
        let device = "19121d6b570b31a3fa56dbd45411c933"
        let token = "k1.q0Yw3v5cN9mX7bT2rL8sJ4hG6fD1aP0oI5uE3yR7wQz"
        let push = String(repeating: "0af1", count: 16)
        let line = DeviceLogLine(
            "Register task (for device \(device), pass type pass.com.example.card, serial number 4711; with web service "
                + "url https://example.com/v1/devices/\(device)/registrations/pass.com.example.card/4711) ApplePass "
                + "\(token) \(push) encountered error: Authentication failure, seen 4711 times")
        #expect(
            line.text
                == "Register task (for device 1912…, pass type pass.com.example.card, serial number …; with web service "
                + "url https://example.com/v1/devices/1912…/registrations/pass.com.example.card/…) ApplePass "
                + "k1.q… 0af1… encountered error: Authentication failure, seen … times")
    }

    @Test("leaves the numbers of a line that a short serial number is only part of")
    func masksWholeWordsOnly() {
        let line = DeviceLogLine("Server requested update to serial number '7', but 17 and 70 and 7-7 are others.")
        #expect(line.text == "Server requested update to serial number '…', but 17 and 70 and 7-7 are others.")
    }

    @Test("cuts long lines and turns control characters into spaces")
    func bounds() {
        let line = DeviceLogLine("a\u{0}b\r\n" + String(repeating: "é ", count: 5_000))
        #expect(line.text.hasPrefix("a b  é"))
        #expect(line.text.unicodeScalars.count == DeviceLogLine.maximumLength)
    }

    @Test("has a meaning and a remedy for every kind", arguments: DeviceLogKind.allCases)
    func explains(kind: DeviceLogKind) {
        #expect(kind.meaning.hasSuffix("."))
        #expect(kind.remedy.hasSuffix("."))
    }
}
