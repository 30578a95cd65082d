import Glibc
import ToolSupport

/// Runs the whole platform under load, and either breaks what it stands on or looks how much it takes; `Scripts/chaos` and
/// `Scripts/soak` build it and give it its place.
@main
struct Main {
    private static let usage = """
        usage: chaos run SECONDS SEED [OPTION…]   faults of every kind under load, then the checker
               chaos soak SECONDS                 steady load, watching what each service holds

          --disk DIRECTORY   a small file system of its own, for PostgreSQL, which may be filled
          --logs DIRECTORY   where the logs of the services and of PostgreSQL are kept
          --alone            the process has a network of its own, in which packets may be lost
        """

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard !arguments.contains("--help") else { return Terminal.write(usage) }
        do {
            switch arguments.first {
            case "run": try await Interruption.ending { try await ChaosRun(ChaosOptions(arguments.dropFirst())).run() }
            case "soak": try await Interruption.ending { try await SoakRun(seconds: seconds(arguments)).run() }
            default: throw ToolFault(usage)
            }
        } catch is CancellationError {
            exit(130)
        } catch let fault as ToolFault {
            Terminal.write(fault.description, to: STDERR_FILENO)
            exit(64)
        } catch {
            Terminal.write("\(error)", to: STDERR_FILENO)
            exit(1)
        }
    }

    private static func seconds(_ arguments: [String]) throws -> Int {
        guard arguments.count == 2, let seconds = Int(arguments[1]), seconds >= 30 else { throw ToolFault(usage) }
        return seconds
    }
}
