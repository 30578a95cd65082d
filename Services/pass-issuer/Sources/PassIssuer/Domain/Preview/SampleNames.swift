import Contracts

/// What a token's name says of its value.
enum SampleNames {
    private struct Sample {
        let names: [String]
        let typical: String
        let longest: String
    }

    /// The first that fits counts.
    private static let samples: [Sample] = [
        Sample(names: ["firstname", "givenname"], typical: "Ada", longest: "Maximiliane Friederike"),
        Sample(names: ["lastname", "familyname", "surname"], typical: "Lovelace", longest: "Wolfeschlegelsteinhausen"),
        Sample(
            names: ["mail"], typical: "ada@example.com",
            longest: "maximiliane.wolfeschlegelsteinhausen@mail.example.com"),
        Sample(names: ["phone", "mobile"], typical: "+49 30 901820", longest: "+49 (0) 30 901820-12345"),
        Sample(
            names: ["name"], typical: "Ada Lovelace", longest: "Maximiliane Friederike Wolfeschlegelsteinhausen"),
        Sample(
            names: ["url", "link"], typical: "https://example.com/",
            longest: "https://www.example.com/a/rather/long/path"),
        Sample(
            names: ["date", "until", "expir", "birth"], typical: "2027-06-30", longest: "2027-06-30T18:30:00+02:00"),
        Sample(names: ["time"], typical: "18:30", longest: "18:30:00"),
        Sample(
            names: ["points", "balance", "amount", "price", "count", "total", "value"], typical: "120",
            longest: "9999999.99"),
        Sample(
            names: ["street", "address", "city"], typical: "Berlin", longest: "Llanfairpwllgwyngyllgogerychwyrndrobwll"),
        Sample(names: ["seat", "row", "gate", "section"], typical: "12", longest: "Block 117"),
        Sample(
            names: ["id", "code", "number", "serial"], typical: "AB12CD34",
            longest: "0198C1D2-7A5B-7C3E-9F10-2B3C4D5E6F71"),
    ]

    /// A text for a token.
    static func text(for token: TokenPath, _ sample: PreviewSample) -> String {
        let name = (token.keys.last ?? "").lowercased()
        let found = samples.first { $0.names.contains { name.contains($0) } }
        switch sample {
        case .typical: return found?.typical ?? "Example"
        case .longest: return found?.longest ?? "An example that is rather long"
        }
    }
}
