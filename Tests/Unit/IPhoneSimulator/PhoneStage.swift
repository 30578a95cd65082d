import Foundation
import HTTPClient
import JSON

@testable import IPhoneSimulator

/// A phone with an empty wallet, a server, and a clock that the test moves.
struct PhoneStage: Sendable {
    let server = PhoneTestServer()
    let client = HTTPClient()
    let directory = TestTool.newDirectory("wallet").path
    let clock = PhoneClock()

    func phone() async throws -> IPhone {
        try IPhone(
            directory: directory, client: client, authorities: try await TestAuthority.shared.rootFile(),
            allowsHTTP: true, now: { clock.now })
    }

    func package(_ change: (inout TestPackage) -> Void = { _ in }) async throws -> [UInt8] {
        var package = TestPackage()
        package.pass = package.pass.mergePatched(with: ["webServiceURL": .string(server.url)])
        change(&package)
        return try await package.bytes()
    }
}
