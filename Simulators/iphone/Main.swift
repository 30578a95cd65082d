import Glibc
import HTTPClient
import IPhoneSimulator
import ToolSupport

/// A simulated iPhone on the command line.
@main
struct Main {
    static func main() async {
        do {
            try await run(try CommandLineOptions(Array(CommandLine.arguments.dropFirst())))
        } catch {
            Terminal.write("iphone: \(error)", to: STDERR_FILENO)
            exit(error is CommandLineOptions.Fault ? 64 : 1)
        }
    }

    private static func run(_ options: CommandLineOptions) async throws {
        guard options.command != .help else { return Terminal.write(CommandLineOptions.help) }
        let client = HTTPClient(configuration: HTTPClientConfiguration(caFile: options.tlsAuthorities))
        defer { client.shutdown() }
        let pushService = options.pushService.map { PushService(client: client, controlURL: $0) }
        let phone = try IPhone(
            directory: options.wallet, client: client, authorities: options.authorities,
            allowsHTTP: !options.requiresHTTPS, backOff: .hasty,
            mintPushToken: pushService?.mintToken,
            observe: { Terminal.write($0.line) })
        switch options.command {
        case .help: break
        case .add(let link): try await add(link, to: phone, checksChain: options.authorities != nil)
        case .refresh: show(try await phone.refresh())
        case .watch: try await watch(phone, pushService, seconds: options.watchSeconds)
        case .show: await show(phone)
        case .remove(let serialNumber):
            guard try await phone.remove(serialNumber: serialNumber) else {
                throw CommandLineOptions.Fault("there is no pass with the serial number \(serialNumber)")
            }
        case .personalize(let serialNumber, let entered):
            show([try await phone.personalize(serialNumber: serialNumber, entering: entered)])
        }
    }

    private static func add(_ link: String, to phone: IPhone, checksChain: Bool) async throws {
        let package = try await phone.add(link: link)
        let pass = package.pass
        Terminal.write("added: \(pass.description) by \(pass.organizationName), serial number \(pass.serialNumber)")
        Terminal.write("package: \(package.bytes.count) bytes, \(package.paths.joined(separator: " "))")
        Terminal.write("signature: verified by openssl" + (checksChain ? "" : ", its chain unchecked without --ca"))
    }

    private static func watch(_ phone: IPhone, _ pushService: PushService?, seconds: Int) async throws {
        guard let pushService else { throw CommandLineOptions.Fault("watch needs --apns; see iphone --help") }
        let isUpdated: @Sendable ([PassUpdate]) -> Bool = { $0.contains { $0.outcome == .updated } }
        let updates = try await phone.watch(
            pushService, within: .seconds(seconds), observe: { Terminal.write($0.line) }, until: isUpdated)
        show(updates)
        guard isUpdated(updates) else { throw NothingCame(seconds: seconds) }
    }

    /// The phone waited in vain.
    private struct NothingCame: Error, CustomStringConvertible {
        let seconds: Int

        var description: String { "no push brought an update within \(seconds) seconds" }
    }

    private static func show(_ updates: [PassUpdate]) {
        for update in updates {
            switch update.outcome {
            case .updated: Terminal.write("\(update.serialNumber): updated")
            case .unchanged: Terminal.write("\(update.serialNumber): unchanged")
            case .failed: Terminal.write("\(update.serialNumber): not fetched, the next refresh tries again")
            case .refused(let reason): Terminal.write("\(update.serialNumber): \(reason)")
            }
            for change in update.changes { Terminal.write("    \(change.line)") }
        }
    }

    private static func show(_ phone: IPhone) async {
        for installed in await phone.passes {
            let pass = installed.pass
            let state = installed.isRegistered ? "registered" : "not registered"
            Terminal.write("\(pass.serialNumber)  \(pass.passTypeIdentifier)")
            Terminal.write("    \(pass.organizationName): \(pass.description)")
            Terminal.write("    \(state) at \(pass.webServiceURL ?? "-")")
            Terminal.write("    stored \(installed.updatedAt), last modified \(installed.lastModified ?? "-")")
        }
        for service in await phone.services {
            Terminal.write("\(service.url)  \(service.passTypeIdentifier)  tag \(service.tag ?? "-")")
            Terminal.write("    device \(service.deviceLibraryIdentifier), push token \(service.pushToken)")
        }
    }
}
