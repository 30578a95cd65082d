import Archive
import Bytes
import Contracts

/// A bundle of passes (`.pkpasses`): an archive that holds whole packages, stored as they are.
struct PassBundle: Sendable {
    static let mediaType = "application/vnd.apple.pkpasses"
    /// How many passes a bundle may hold (Apple's limit).
    static let maximumPasses = 10
    /// The largest bundle, in bytes (Apple's limit).
    static let maximumBytes = 150_000_000

    private let limit: Int
    private var writer = ZIPWriter()
    private var count = 0

    /// A bundle without passes.
    init(limit: Int = maximumBytes) {
        self.limit = limit
    }

    /// Adds a package behind the others; one that would make the bundle too large is not taken.
    mutating func add(_ package: SharedBytes, of campaign: CampaignID) throws(PackageFault) {
        let entry = ZIPEntry(path: "\(count + 1)-\(campaign).pkpass", bytes: package)
        var grown = writer
        do throws(ZIPError) {
            try grown.add(entry)
        } catch {
            throw .archive(error)
        }
        guard grown.size <= limit else { throw .bundleTooLarge(grown.size, limit: limit) }
        writer = grown
        count += 1
    }

    /// The bundle's bytes.
    func archive() -> SharedBytes { writer.archive() }
}
