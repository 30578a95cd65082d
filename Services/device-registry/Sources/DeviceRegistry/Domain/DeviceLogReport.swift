import JSON

/// The lines of a phone's report, whatever shape it came in.
enum DeviceLogReport {
    /// Lines that are taken from one report; the rest is dropped.
    static let maximumLines = 100

    /// The lines of `{"logs":[…]}`, or of the older `{"description":…}`; none when it is neither.
    static func lines(in body: JSONValue) -> [DeviceLogLine] {
        let texts = body["logs"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let description = body["description"]?.stringValue.map { [$0] } ?? []
        return (texts.isEmpty ? description : texts).prefix(maximumLines).map(DeviceLogLine.init)
    }
}
