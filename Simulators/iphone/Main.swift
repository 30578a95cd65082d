import Glibc
import HTTPClient
import IPhoneSimulator

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
        let phone = try IPhone(
            directory: options.wallet, client: client, authorities: options.authorities,
            allowsHTTP: !options.requiresHTTPS, observe: { Terminal.write($0.line) })
        switch options.command {
        case .help: break
        case .add(let link): try await add(link, to: phone, checksChain: options.authorities != nil)
        case .refresh: try await refresh(phone)
        case .show: await show(phone)
        case .remove(let serialNumber):
            guard try await phone.remove(serialNumber: serialNumber) else {
                throw CommandLineOptions.Fault("there is no pass with the serial number \(serialNumber)")
            }
        }
    }

    private static func add(_ link: String, to phone: IPhone, checksChain: Bool) async throws {
        let package = try await phone.add(link: link)
        let pass = package.pass
        Terminal.write("added: \(pass.description) by \(pass.organizationName), serial number \(pass.serialNumber)")
        Terminal.write("package: \(package.bytes.count) bytes, \(package.paths.joined(separator: " "))")
        Terminal.write("signature: verified by openssl" + (checksChain ? "" : ", its chain unchecked without --ca"))
    }

    private static func refresh(_ phone: IPhone) async throws {
        for update in try await phone.refresh() {
            switch update.outcome {
            case .updated:
                Terminal.write("\(update.serialNumber): updated")
                for change in update.changes { Terminal.write("    \(change.line)") }
            case .unchanged: Terminal.write("\(update.serialNumber): unchanged")
            case .failed: Terminal.write("\(update.serialNumber): not fetched, the next refresh tries again")
            case .refused(let reason): Terminal.write("\(update.serialNumber): \(reason)")
            }
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
