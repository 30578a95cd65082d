import Contracts
import GoogleWalletSimulator
import HTTPTypes
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("google-bridge at the simulated Google") struct GoogleCrashTests {
        @Test("killed again and again between any two steps, writes all and makes nothing twice") func kills()
            async throws
        {
            try await BridgeProcess.run { bridge in
                try await bridge.putClass()
                let total = 150
                for version in 1...3 {
                    try await bridge.patch((0..<total).map { "p\($0)" }, version: version)
                    for _ in 0..<4 {
                        try await Task.sleep(for: .milliseconds(.random(in: 20...900)))
                        await bridge.process.kill()
                        try await bridge.process.start()
                        try await bridge.process.waitUntilReady(client: bridge.client)
                    }
                }
                // A lease that a killed process held lasts 35 seconds.
                try await eventually(within: .seconds(120), "every pass to be at Google as it is wanted") {
                    (0..<total).allSatisfy { bridge.text(of: "p\($0)").contains("version 3") }
                }
                #expect(bridge.google.resourceCounts.objects == total && bridge.google.resourceCounts.classes == 1)
                try await eventually(within: .seconds(60), "nothing to wait") {
                    try await bridge.operations(in: "pending").isEmpty
                }
                #expect(try await bridge.operations(in: "failed").isEmpty)
            }
        }

        @Test("killed while a person waits, gives the same pass to the next call") func killedLink() async throws {
            try await BridgeProcess.run { bridge in
                try await bridge.putClass()
                for number in 0..<5 {
                    let path = "/rpc/v1/objects/person-\(number)"
                    async let first = bridge.call(.put, path, BridgeProcess.object(version: 1))
                    try await Task.sleep(for: .milliseconds(.random(in: 0...60)))
                    await bridge.process.kill()
                    _ = try? await first
                    try await bridge.process.start()
                    try await bridge.process.waitUntilReady(client: bridge.client)
                    let again = try await bridge.call(.put, path, BridgeProcess.object(version: 1))
                    #expect(again.status == .ok)
                    let link = try #require(try JSON.parse(again.body)["saveUrl"]?.stringValue)
                    #expect(try await bridge.google.save(link: link) == ["\(BridgeProcess.issuerID).person-\(number)"])
                }
                #expect(bridge.google.resourceCounts.objects == 5)
            }
        }

        @Test("counts each callback once, though it is killed and Google repeats itself") func callbacks() async throws
        {
            try await BridgeProcess.run { bridge in
                try await bridge.putClass()
                bridge.google.change { settings in
                    settings.callbackDuplicates = 2
                    settings.callbackAttempts = 50
                }
                let serialNumbers = (0..<20).map { "p\($0)" }
                try await bridge.patch(serialNumbers, version: 1)
                try await eventually(within: .seconds(60), "the objects") {
                    bridge.google.resourceCounts.objects == serialNumbers.count
                }
                for serialNumber in serialNumbers {
                    try bridge.google.save(object: "\(BridgeProcess.issuerID).\(serialNumber)")
                    guard serialNumber.hasSuffix("5") else { continue }
                    await bridge.process.kill()
                    try await bridge.process.start()
                    try await bridge.process.waitUntilReady(client: bridge.client)
                }
                try await eventually(within: .seconds(60), "every save to be counted") {
                    try await bridge.saved() == serialNumbers.count
                }
            }
        }
    }
}
