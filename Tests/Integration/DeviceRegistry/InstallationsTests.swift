import JSON
import Testing

@Suite struct InstallationsTests {
    @Test("counts the devices of each pass in the order that was asked for")
    func counts() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for (device, serialNumber) in [("d1", "s1"), ("d2", "s1"), ("d1", "s2")] {
                _ = try await registry.register(device, serialNumber, pushToken: "aa")
            }
            let body: JSONValue = [
                "passTypeIdentifier": .string(RegistryAccess.passType), "serialNumbers": ["s3", "s1", "s2"],
            ]
            let answer = try await registry.call(.post, "/rpc/v1/installations", body: body)
            #expect(try JSON.parse(answer.body)["installations"] == [0, 2, 1])
        }
    }
}
