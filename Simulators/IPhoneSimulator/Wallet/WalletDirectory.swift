import JSON

/// Where the phone keeps its wallet between two runs.
struct WalletDirectory: Sendable {
    let path: String

    init(path: String) throws(PhoneRefusal) {
        self.path = path
        try Files.createDirectory(path)
    }

    private var contentsPath: String { "\(path)/wallet.json" }

    func load() throws(PhoneRefusal) -> WalletContents {
        guard Files.exists(contentsPath) else { return WalletContents() }
        let bytes = try Files.read(contentsPath)
        do {
            return try JSON.decode(WalletContents.self, from: bytes)
        } catch {
            throw .unusable("\(contentsPath) is no wallet: \(error)")
        }
    }

    func save(_ contents: WalletContents) throws(PhoneRefusal) {
        let bytes: [UInt8]
        do {
            bytes = try JSON.encodeToValue(contents).serializedPretty()
        } catch {
            throw .unusable("the wallet cannot be written: \(error)")
        }
        try Files.write(bytes, to: contentsPath)
    }

    func package(_ file: String) throws(PhoneRefusal) -> [UInt8] {
        try Files.read("\(path)/\(file)")
    }

    func store(_ package: [UInt8], as file: String) throws(PhoneRefusal) {
        try Files.write(package, to: "\(path)/\(file)")
    }

    func remove(_ file: String) {
        Files.remove("\(path)/\(file)")
    }
}
