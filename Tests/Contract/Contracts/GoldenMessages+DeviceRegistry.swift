import Contracts
import HTTPTypes
import JSON

extension GoldenMessages {
    static let deviceRegistry = [
        GoldenMessage("device-registry/registration-request") {
            try RegistrationRequest(
                pushToken: id("0C5A3D7E9F1B2C4D6E8F0A1B3C5D7E9F0A2B4C6D8E0F1A3B5C7D9E0F2A4B6C8D"))
        },
        GoldenMessage("device-registry/serial-numbers-answer") {
            try SerialNumbersAnswer(serialNumbers: [id("0f9c1b"), id("7a2e4d")], lastUpdated: id("1042"))
        },
        GoldenMessage("device-registry/log-request") {
            LogRequest(logs: [
                "[2026-06-02 09:30:00 +0000] Get pass task (for device …) encountered error: Unexpected response code 500"
            ])
        },
        GoldenMessage("device-registry/pass-updates-request") {
            try PassUpdatesRequest(
                updateId: id("0198c1d2-7a5b-7c3e-9f10-2b3c4d5e6f73"), passTypeIdentifier: id("pass.com.acme.loyalty"),
                serialNumbers: [id("0f9c1b"), id("7a2e4d")])
        },
        GoldenMessage("device-registry/installations-request") {
            try InstallationsRequest(
                passTypeIdentifier: id("pass.com.acme.loyalty"), serialNumbers: [id("0f9c1b"), id("7a2e4d")])
        },
        GoldenMessage("device-registry/installations-answer") { InstallationsAnswer(installations: [2, 0]) },
        GoldenMessage("device-registry/pass-updates-answer") { PassUpdatesAnswer(passes: 2, devices: 3) },
        GoldenMessage("device-registry/rejections-request", closed: ["", "/rejections/0"]) {
            try RejectionsRequest(rejections: [
                PushTokenRejection(
                    passTypeIdentifier: id("pass.com.acme.loyalty"), pushToken: id("0c5a3d7e"), reason: "Unregistered",
                    rejectedAt: instant("2026-06-02T09:30:00Z"))
            ])
        },
        GoldenMessage("device-registry/rejections-answer") { RejectionsAnswer(removed: 1) },
        GoldenMessage("device-registry/device-answer", closed: ["", "/registrations/0"]) {
            try DeviceAnswer(
                deviceLibraryIdentifier: id("8f3c2a1b9d7e6f5041c2d3e4f5a6b7c8"), pushToken: "0c5a3d7e",
                registrations: [
                    DeviceRegistration(
                        passTypeIdentifier: id("pass.com.acme.loyalty"), serialNumber: id("0f9c1b"),
                        registeredAt: instant("2026-06-01T08:01:00Z"))
                ])
        },
        GoldenMessage("device-registry/device-log-item") {
            try DeviceLogItem(
                at: instant("2026-06-02T09:30:00Z"),
                line: "Get pass task encountered error: Unexpected response code 500", kind: .unexpectedResponse,
                meaning: "The service answered a status that the phone does not handle.",
                remedy: "Look for the request in the service's log.", passTypeIdentifier: id("pass.com.acme.loyalty"),
                serialNumber: id("0f9c1b"))
        },
        GoldenMessage("device-registry/device-log-item-unattributed") {
            try DeviceLogItem(
                at: instant("2026-06-02T09:30:00Z"), line: "Something else", kind: .other,
                meaning: "A line of no known kind.", remedy: "None.")
        },
        GoldenMessage("device-registry/registry-events-answer", closed: ["", "/events/0", "/devices/0"]) {
            try RegistryEventsAnswer(
                events: [
                    PassEvent(
                        at: instant("2026-06-02T09:30:00Z"), kind: .fetched, detail: "The package was sent.",
                        deviceLibraryIdentifier: id("8f3c2a1b9d7e6f5041c2d3e4f5a6b7c8"))
                ],
                devices: [
                    RegisteredDevice(
                        deviceLibraryIdentifier: id("8f3c2a1b9d7e6f5041c2d3e4f5a6b7c8"), pushToken: id("0c5a3d7e"),
                        registeredAt: instant("2026-06-01T08:01:00Z")),
                    RegisteredDevice(
                        deviceLibraryIdentifier: id("another-wallet"), pushToken: nil,
                        registeredAt: instant("2026-06-01T08:00:00Z")),
                ])
        },
    ]
}
