import Foundation
import JSON
import Testing

/// Certificates that `Scripts/certificates` makes with openssl, once for all tests of the process.
enum DemoAuthority {
    static let repository = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..").standardizedFileURL

    private static let directory: Result<URL, any Error> = Result {
        let directory = repository.appendingPathComponent(".local/tests/authority-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = repository.appendingPathComponent("Scripts/certificates")
        process.arguments = [
            directory.path, "expired", "not-yet-valid", "other-team", "no-uid", "wrong-issuer", "encrypted-key",
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        // Below the same authority: a second pass type, and the next certificate of the first.
        for arguments in [["--pass-type", "pass.example.other", "--name", "other"], ["--name", "renewed"]] {
            let other = Process()
            other.executableURL = process.executableURL
            other.arguments = [directory.path] + arguments
            other.standardOutput = FileHandle.nullDevice
            try other.run()
            other.waitUntilExit()
            try #require(other.terminationStatus == 0)
        }
        return directory
    }

    static func path(_ name: String) throws -> String { try directory.get().appendingPathComponent(name).path }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: try directory.get().appendingPathComponent(name)))
    }

    static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    /// What a PUT of a wallet configuration holds for a certificate of the authority.
    static func apple(
        _ name: String = "pass", key: String? = nil, intermediate: String? = "intermediate.pem"
    ) throws -> JSONObject {
        var apple: JSONObject = [
            "certificate": .string(try text("\(name).pem")), "privateKey": .string(try text("\(key ?? name).key.pem")),
        ]
        if let intermediate { apple["intermediate"] = .string(try text(intermediate)) }
        return apple
    }
}

extension IssuerUnderTest {
    /// Puts a wallet configuration with the authority's pass certificate.
    @discardableResult
    func putWalletConfiguration(
        _ id: String = "acme", apple: JSONValue? = nil, google: JSONValue? = nil
    ) async throws -> Answer {
        var body: JSONObject = ["name": "Acme", "organizationName": "Acme Ltd"]
        body["apple"] = try apple ?? .object(DemoAuthority.apple())
        body["google"] = google
        return try await admin(.put, "/admin/v1/wallet-configurations/\(id)", .object(body))
    }

    /// The body of a small campaign with a token of each kind.
    static func campaign(_ more: JSONObject = [:], pass: JSONObject = [:]) -> JSONValue {
        var content: JSONObject = [
            "description": "Coffee card",
            "storeCard": [
                "primaryFields": [
                    [
                        "key": "points", "label": "Points", "value": "{{voucher.points}}",
                        "changeMessage": "Now %@ points",
                    ]
                ],
                "secondaryFields": [["key": "name", "label": "Name", "value": "Dear {{contact.firstName}}"]],
            ],
            "barcodes": [["format": "PKBarcodeFormatQR", "message": "{{contact.id}}", "messageEncoding": "utf-8"]],
        ]
        for (key, value) in pass { content[key] = value }
        var body: JSONObject = [
            "name": "Spring", "walletConfigurationId": "acme", "pass": .object(content),
            "tokens": ["defaults": ["contact.firstName": "friend"]],
        ]
        for (key, value) in more { body[key] = value }
        return .object(body)
    }

    /// Puts wallet configuration, campaign and icon: the campaign is active then.
    func putActiveCampaign(_ id: String = "spring", _ body: JSONValue = campaign()) async throws {
        let wallet = try await putWalletConfiguration()
        try #require([200, 201].contains(wallet.status), "\(wallet.text)")
        let answer = try await admin(.put, "/admin/v1/campaigns/\(id)", body)
        try #require([200, 201].contains(answer.status), "\(answer.text)")
        let icon = try await putImage("icon.png", of: id)
        try #require([200, 201].contains(icon.status), "\(icon.text)")
    }

    /// Puts an image; a small real PNG unless it is given.
    func putImage(_ file: String, of campaign: String = "spring", _ bytes: [UInt8]? = nil) async throws -> Answer {
        try await send(
            .put, internalURL + "/admin/v1/campaigns/\(campaign)/images/\(file)", token: Self.adminToken,
            body: try bytes ?? Picture.png(width: 38, height: 38), headers: ["Content-Type": "image/png"])
    }
}

/// Pictures that Python's zlib makes.
enum Picture {
    static func png(width: Int, height: Int, grey: Int = 128) throws -> [UInt8] {
        let script = """
            import sys, zlib, struct
            w, h, g = map(int, sys.argv[1:4])
            def chunk(t, d): return struct.pack('>I', len(d)) + t + d + struct.pack('>I', zlib.crc32(t + d))
            rows = b''.join(b'\\0' + bytes([g]) * w for _ in range(h))
            sys.stdout.buffer.write(b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, 8, 0, 0, 0, 0))
                + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
            """
        return try Tool.run("/usr/bin/env", ["python3", "-c", script, "\(width)", "\(height)", "\(grey)"])
    }
}

/// Runs a program of the machine and returns what it wrote.
enum Tool {
    struct Failed: Error, CustomStringConvertible { let description: String }

    static func run(_ executable: String, _ arguments: [String]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(description: "\(arguments.prefix(3)): \(process.terminationStatus)")
        }
        return bytes
    }
}
