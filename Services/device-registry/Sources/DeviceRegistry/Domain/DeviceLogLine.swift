import Contracts

/// One line from a phone's log report: what it is about, and its text without the secrets that phones write into it.
struct DeviceLogLine: Sendable, Equatable {
    /// The line with device identifiers, serial numbers and tokens masked.
    let text: String
    let kind: DeviceLogKind
    let passTypeIdentifier: PassTypeIdentifier?
    let serialNumber: SerialNumber?

    /// Characters of a line that are looked at and kept; longer ones are cut.
    static let maximumLength = 2_000

    /// Reads a line as it came.
    init(_ line: String) {
        let line = Self.printable(line)
        let mentions = DeviceLogMentions(line)
        kind = DeviceLogKind(line: line)
        passTypeIdentifier = mentions.passTypeIdentifier.flatMap(PassTypeIdentifier.init(pathSegment:))
        serialNumber = mentions.serialNumber.flatMap(SerialNumber.init(pathSegment:))
        text = DeviceLogMask.apply(to: line, secrets: mentions.secrets)
    }

    private static func printable(_ line: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in line.unicodeScalars.prefix(maximumLength) {
            // Control characters could forge further lines wherever the text is shown, and PostgreSQL refuses U+0000.
            scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(scalars)
    }
}
