import Foundation
import HTTPClient
import HTTPServer
import JSON

@testable import IPhoneSimulator

/// A phone with an empty wallet, a server, and a clock that the test moves.
struct PhoneStage: Sendable {
    let server = PhoneTestServer()
    let client = HTTPClient()
    let directory = TestTool.newDirectory("wallet").path
    let clock = PhoneClock()

    func phone(mintPushToken: IPhone.PushTokenMint? = nil) async throws -> IPhone {
        try IPhone(
            directory: directory, client: client, authorities: try await TestAuthority.shared.rootFile(),
            allowsHTTP: true, mintPushToken: mintPushToken, now: { clock.now })
    }

    /// A phone that has added and registered a pass.
    func registered(mintPushToken: IPhone.PushTokenMint? = nil) async throws -> IPhone {
        let bytes = try await package()
        server.answer { $0.link = Self.pass(bytes) }
        let phone = try await phone(mintPushToken: mintPushToken)
        try await phone.add(link: "\(server.url)/link")
        return phone
    }

    /// A package as a web service sends it.
    static func pass(
        _ bytes: [UInt8], lastModified: String? = "Sun, 06 Nov 1994 08:49:37 GMT"
    ) -> HTTPResponse {
        var response = HTTPResponse(
            .ok, headers: ["Content-Type": "application/vnd.apple.pkpass"], body: .bytes(bytes))
        response.headers["Last-Modified"] = lastModified
        return response
    }

    /// A list of changed passes.
    static func changes(_ body: String) -> HTTPResponse {
        HTTPResponse(.ok, headers: ["Content-Type": "application/json"], body: .bytes(Array(body.utf8)))
    }

    /// Runs a test on a stage of its own.
    static func run(_ test: (PhoneStage) async throws -> Void) async throws {
        let stage = PhoneStage()
        try stage.server.start()
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await test(stage))
        } catch {
            outcome = .failure(error)
        }
        await stage.server.stop()
        stage.client.shutdown()
        try outcome.get()
    }

    func package(_ change: (inout TestPackage) -> Void = { _ in }) async throws -> [UInt8] {
        var package = TestPackage()
        package.pass = package.pass.mergePatched(with: ["webServiceURL": .string(server.url)])
        change(&package)
        return try await package.bytes()
    }
}
