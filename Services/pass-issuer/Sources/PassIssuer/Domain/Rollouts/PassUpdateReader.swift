import Contracts
import JSON

/// Reads a line of a mass update.
enum PassUpdateReader {
    /// The update of a line, or the reason why it is none, for people.
    static func read(_ line: LineSplitter.Line, maximumBytes: Int) -> Result<StoredPassUpdate, Malformed> {
        guard let bytes = line.bytes else {
            return .failure(Malformed(reason: "The line is longer than \(maximumBytes) bytes."))
        }
        do {
            let update = try JSON.decode(PassUpdateLine.self, from: bytes, unknownKeys: .refused)
            return .success(
                StoredPassUpdate(line: line.number, serialNumber: update.serialNumber, patch: update.patch))
        } catch let failure as JSONDecodingFailure {
            let faults = failure.faults.prefix(3).map { "\($0.pointer): \($0.detail)" }
            return .failure(Malformed(reason: "The line is no update: \(faults.joined(separator: ", "))."))
        } catch let error as JSONError {
            return .failure(Malformed(reason: "The line is no JSON: \(error)."))
        } catch {
            return .failure(Malformed(reason: "The line is no update."))
        }
    }

    /// A line that is no update.
    struct Malformed: Error, Hashable {
        let reason: String
    }
}
