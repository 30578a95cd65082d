import Glibc
import GoogleWalletSimulator
import JSON

/// The key file of the demonstration's service account.
enum ServiceAccountFile {
    private static let clientEmail = "wallet@demo-wallet.iam.gserviceaccount.com"

    /// Makes the file's key known, and the file where there is none.
    static func provide(_ path: String, for wallet: GoogleWallet, issuer: String) throws {
        if let text = try read(path) {
            let key = try ServiceAccountKey(file: try JSON.parse(text))
            // With another port since the last run, its owner would ask for tokens where nobody gives them.
            let current = ServiceAccountKey(key, tokenURI: wallet.tokenURI)
            wallet.add(current, issuers: [issuer])
            if key.tokenURI != wallet.tokenURI { try write(try current.file().serializedPretty(), to: path) }
        } else {
            let key = try wallet.makeServiceAccount(clientEmail, issuers: [issuer])
            try write(try key.file().serializedPretty(), to: path)
        }
    }

    private static func read(_ path: String) throws -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            guard errno == ENOENT else { throw failure("read", path) }
            return nil
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(file, &chunk, chunk.count)
            guard count >= 0, bytes.count < 1 << 20 else { throw failure("read", path) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// Replaces the file whole; its owner alone may read it.
    private static func write(_ bytes: [UInt8], to path: String) throws {
        let temporary = path + ".new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("write", temporary) }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure("write", temporary) }
            written += count
        }
        guard rename(temporary, path) == 0 else { throw failure("write", path) }
    }

    private static func failure(_ action: String, _ path: String) -> SimulatorError {
        .unusable("cannot \(action) \(path): \(String(cString: strerror(errno)))")
    }
}
