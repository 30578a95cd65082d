import Contracts
import Foundation
import HTTPClient

extension WalletPlatform {
    /// Calls push-sender as the admin does.
    public var pushAdmin: RPCClient {
        RPCClient(client: client, baseURL: push.internalURL, token: secrets.admin, deadline: .seconds(30))
    }

    /// The state of the demo's pass type at push-sender; nil while it knows none.
    public func topic() async throws -> Topic? {
        try await pushAdmin.call(PushSenderEndpoints.listTopics).items.first {
            $0.passTypeIdentifier.rawValue == PassAuthority.passType
        }
    }

    /// What a statement of the superuser prints: rows by line, columns by `|`.
    @discardableResult public func query(_ statement: String) async throws -> String {
        let output = try await Program.succeed(
            ["psql", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-Atqc", statement, database.superuserURL])
        return output.trimmingCharacters(in: .newlines)
    }

    /// Registers many devices for one pass, by SQL, and has it change; returns their push tokens, which all get a push.
    public func registerDevices(_ count: Int, serialNumber: String) async throws -> [String] {
        _ = try await query(
            """
            INSERT INTO registry.devices (device_library_identifier, push_token)
            SELECT '\(serialNumber)-' || n, encode(sha256(('\(serialNumber)' || n)::bytea), 'hex')
            FROM generate_series(1, \(count)) n;
            INSERT INTO registry.registrations (device_library_identifier, pass_type_identifier, serial_number)
            SELECT '\(serialNumber)-' || n, '\(PassAuthority.passType)', '\(serialNumber)'
            FROM generate_series(1, \(count)) n
            """)
        let caller = RPCClient(
            client: client, baseURL: registry.internalURL, token: secrets.services[ServiceName.issuer.rawValue],
            deadline: .seconds(30))
        guard let serial = SerialNumber(rawValue: serialNumber), let update = UpdateID(rawValue: serialNumber) else {
            throw ProgramFailure(description: "\(serialNumber) is no serial number")
        }
        let answer = try await caller.call(
            DeviceRegistryEndpoints.passUpdates,
            body: PassUpdatesRequest(
                updateId: update, passTypeIdentifier: .written("pass.example.demo"), serialNumbers: [serial]))
        guard answer.devices == count else { throw ProgramFailure(description: "\(answer.devices) devices are pushed") }
        return try await query(
            "SELECT push_token FROM registry.devices WHERE device_library_identifier LIKE '\(serialNumber)-%'"
        ).split(separator: "\n").map(String.init)
    }

    /// Leaves passes of the demo campaign, each on a phone of its own, as links and phones leave them.
    public func installPasses(_ count: Int) async throws {
        try await query(
            """
            INSERT INTO issuer.passes (serial_number, campaign_id, pass_key, platforms, contact, voucher,
                campaign_version, version, token_key_id, data_at, last_modified, created_at, updated_at)
            SELECT 'bulk-' || n, c.id, n::text, '{apple}',
                json_build_object('id', n::text, 'firstName', 'Ada', 'lastName', 'Lovelace'),
                json_build_object('points', n), c.current_version, 1, 't1', now(), extract(epoch FROM now())::bigint,
                now(), now()
            FROM issuer.campaigns c, generate_series(1, \(count)) n WHERE c.id = '\(Self.campaign)';
            INSERT INTO registry.devices (device_library_identifier, push_token)
            SELECT 'bulk-' || n, encode(sha256(('bulk' || n)::bytea), 'hex') FROM generate_series(1, \(count)) n;
            INSERT INTO registry.registrations (device_library_identifier, pass_type_identifier, serial_number)
            SELECT 'bulk-' || n, '\(PassAuthority.passType)', 'bulk-' || n FROM generate_series(1, \(count)) n;
            ANALYZE
            """)
    }
}
