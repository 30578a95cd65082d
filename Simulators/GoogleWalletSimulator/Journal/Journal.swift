import Cryptography
import Glibc
import JSON
import Synchronization

/// A file with a line for each change, so that a wallet that is started again knows what it knew before.
///
/// Each line is written before its call is answered. At the start the file is rewritten without what is out of date.
final class Journal: Sendable {
    private let path: String
    private let descriptor = Mutex<Int32>(-1)

    init(path: String) throws(SimulatorError) {
        self.path = path
    }

    deinit {
        close()
    }

    /// What earlier runs have written; nil when there were none.
    func read() throws -> JournalContents? {
        let bytes = try Self.read(path)
        guard !bytes.isEmpty else { return nil }
        var contents = JournalContents()
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let value = try? JSON.parse(Array(line)) else {
                // A crash has cut the last line off; its call was never answered.
                guard line.endIndex == bytes.endIndex else {
                    throw SimulatorError.unusable("\(path) is no journal of a simulated Google Wallet")
                }
                break
            }
            try contents.add(value)
        }
        return contents
    }

    /// Writes everything that a wallet knows into a new file, and goes on there.
    func begin(_ wallet: GoogleWallet) throws {
        let temporary = path + ".new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Self.failure("write", temporary) }
        descriptor.withLock { $0 = file }
        write(["what": "root", "key": .string(try wallet.signer.root.pkcs8PEM)])
        for issuer in wallet.accounts.issuers { write(issuer) }
        wallet.accounts.forEachKey { email, id, key in write(key: key, id: id, of: email) }
        wallet.vault.visitAll { write($0) }
        guard rename(temporary, path) == 0 else { throw Self.failure("write", path) }
    }

    func write(_ resource: Resource) {
        write(resource.line)
    }

    func write(_ issuer: Issuer) {
        // Texts and a dictionary of them: nothing that cannot be encoded.
        if let value = try? JSON.encodeToValue(issuer) { write(["what": "issuer", "issuer": value]) }
    }

    func write(key: PublicKey, id: String, of clientEmail: String) {
        write(["what": "key", "clientEmail": .string(clientEmail), "id": .string(id), "key": .string(key.pem)])
    }

    func write(removedKey id: String?, of clientEmail: String) {
        var line: JSONObject = ["what": "removedKey", "clientEmail": .string(clientEmail)]
        line["id"] = id.map(JSONValue.string)
        write(.object(line))
    }

    func close() {
        descriptor.withLock { file in
            if file >= 0 { Glibc.close(file) }
            file = -1
        }
    }

    private func write(_ line: JSONValue) {
        let bytes = line.serialized() + [UInt8(ascii: "\n")]
        descriptor.withLock { file in
            guard file >= 0 else { return }
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                written += count
            }
        }
    }

    private static func read(_ path: String) throws(SimulatorError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            guard errno == ENOENT else { throw failure("read", path) }
            return []
        }
        defer { Glibc.close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Glibc.read(file, &chunk, chunk.count)
            guard count >= 0 else { throw failure("read", path) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    private static func failure(_ action: String, _ path: String) -> SimulatorError {
        .unusable("cannot \(action) \(path): \(String(cString: strerror(errno)))")
    }
}
