import Contracts
import JSON

/// What the places of pass.json want of a token that stands there alone.
enum SamplePlaces {
    /// Goes through the tokens that are a whole value, with the constant members beside each.
    static func visit(
        _ node: CompiledTemplate.Node, _ path: [String] = [], beside siblings: JSONObject = [:],
        _ body: (TokenPath, [String], JSONObject) -> Void
    ) {
        switch node {
        case .constant, .text: return
        case .token(let token): body(token, path, siblings)
        case .array(let nodes):
            for (index, node) in nodes.enumerated() { visit(node, path + [String(index)], body) }
        case .object(let constants, let members):
            for (key, node) in members { visit(node, path + [key], beside: constants, body) }
        }
    }

    /// A value that fits a place; nil where any text does.
    static func value(at path: [String], beside siblings: JSONObject, _ sample: PreviewSample) -> JSONValue? {
        if path.last == "value" {
            if siblings["dateStyle"] != nil || siblings["timeStyle"] != nil { return .string(date) }
            if siblings["currencyCode"] != nil || siblings["numberStyle"] != nil { return number(sample) }
        }
        return shape(at: path[...], in: PassKeys.table).flatMap { value(of: $0, sample) }
    }

    /// A P-256 key whose private half nobody has.
    private static let encryptionKey =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEvN8VJfRU5Ig6rCSiziu+MhKkTFMF"
        + "J+68IMpYm85HzbGaPvPBGpRpZPpn/j3ykVyUXVO1N7E5YkmfcJbVMztBTA=="
    private static let date = "2027-06-30T18:30:00+02:00"

    private static func number(_ sample: PreviewSample) -> JSONValue {
        .number(JSONNumber(checking: sample == .longest ? "9999999.99" : "12.5"))
    }

    private static func value(of shape: Shape, _ sample: PreviewSample) -> JSONValue? {
        switch shape {
        case .text(let rule), .advisedText(let rule): text(of: rule).map(JSONValue.string)
        case .boolean: true
        case .number(let range): .number(JSONNumber(range.contains(12.5) ? 12 : Int(range.lowerBound)))
        case .integer(let range): .number(JSONNumber(range.lowerBound))
        case .choice(let values): values.first.map(JSONValue.string)
        case .list: .array([])
        case .dictionary, .userInfo: .object([:])
        case .fieldValue, .anything, .ours: nil
        }
    }

    private static func text(of rule: TextRule) -> String? {
        switch rule {
        case .any, .notEmpty: nil
        case .date: date
        case .colour: "rgb(60, 65, 76)"
        case .webURL, .url, .httpsURL: "https://example.com/"
        case .mail: "ada@example.com"
        case .uuid: "2F234454-CF6D-4A0F-ADF2-F4911BA9FFA6"
        case .currency: "EUR"
        case .encryptionKey: encryptionKey
        case .sha256: String(repeating: "0f", count: 32)
        case .timeZone: "Europe/Berlin"
        case .airport: "LHR"
        case .airline: "LH"
        case .amount: "12.50"
        }
    }

    /// What belongs at a place of the vocabulary; nil where it is not known.
    static func shape(at path: ArraySlice<String>, in table: KeyTable) -> Shape? {
        guard let key = path.first, let shape = table.keys[key]?.shape else { return nil }
        return self.shape(at: path.dropFirst(), below: shape)
    }

    private static func shape(at path: ArraySlice<String>, below shape: Shape) -> Shape? {
        guard !path.isEmpty else { return shape }
        switch shape {
        case .list(let element, _): return self.shape(at: path.dropFirst(), below: element)
        case .dictionary(let table): return self.shape(at: path, in: table)
        default: return nil
        }
    }
}

extension JSONNumber {
    /// A number of ours, written as it is to be shown.
    fileprivate init(checking text: String) {
        self = JSONNumber(text: text) ?? JSONNumber(0)
    }
}
