import Cryptography
import JSON

/// The variants of a class whose values differ between passes.
enum ClassVariant {
    /// The variant that a content needs: 16 hexadecimal digits of SHA-256 of the class's values that differ between
    /// passes. What all passes share may change without making new variants.
    static func key(of content: PassContent, sources: [JSONPointer]) -> String {
        var values = JSONObject()
        for source in sources {
            for place in content.tokens.places(below: source) {
                values[place.description] = content.value(at: place) ?? .null
            }
        }
        let digest = SHA256.digest(JSONValue.object(values).serialized())
        return Hex.encode(Array(digest.prefix(8)))
    }
}

extension PassContent {
    /// The value at a place of the message.
    func value(at pointer: JSONPointer) -> JSONValue? {
        let rest = JSONPointer(tokens: Array(pointer.tokens.dropFirst()))
        switch pointer.tokens.first {
        case "pass":
            return JSONValue.object(pass).value(at: rest)
        case "localizations":
            guard rest.tokens.count == 2 else { return nil }
            return languages.text(rest.tokens[1], inFolder: rest.tokens[0]).map(JSONValue.string)
        default:
            return nil
        }
    }
}
