import Contracts
import JSON

/// Values that stand in for a campaign's tokens where nobody has given real ones.
struct SampleValues: Sendable {
    /// The values, as a pass would have them.
    let values: TokenValues

    /// Values for the tokens of content: each as the place where it stands wants it, or as its name suggests.
    init(for content: CampaignContent, _ sample: PreviewSample) {
        var places: [TokenPath: JSONValue] = [:]
        SamplePlaces.visit(content.pass.root) { token, path, siblings in
            guard places[token] == nil else { return }
            places[token] = SamplePlaces.value(at: path, beside: siblings, sample)
        }
        var values = TokenValues()
        let tokens = content.pass.tokens + content.ownLocalizations.flatMap(\.template.tokens)
        for token in tokens {
            let value = places[token] ?? .string(SampleNames.text(for: token, sample))
            switch token.root {
            case .contact: Self.set(value, at: token.keys[...], in: &values.contact)
            case .voucher: Self.set(value, at: token.keys[...], in: &values.voucher)
            }
        }
        self.values = values
    }

    private static func set(_ value: JSONValue, at keys: ArraySlice<String>, in object: inout JSONObject) {
        guard let key = keys.first else { return }
        guard keys.count > 1 else {
            // A token that reaches deeper has made an object here: it stays.
            if object[key]?.objectValue == nil { object[key] = value }
            return
        }
        var inner = object[key]?.objectValue ?? [:]
        set(value, at: keys.dropFirst(), in: &inner)
        object[key] = .object(inner)
    }
}
