import JSON

/// A message on a pass.
package struct GoogleMessage: Hashable, Sendable {
    /// What it is known by; the same change has the same id, however often it is tried.
    package let id: String
    let header: LocalizedText
    let body: LocalizedText
    let defaultLanguage: String

    /// The body of `addMessage`; whoever minds the budget says whether the phone makes a notice of it.
    package func json(notifies: Bool) -> JSONObject {
        var message: JSONObject = [
            "id": .string(id), "header": .string(header.value), "body": .string(body.value),
            "messageType": .string(notifies ? "TEXT_AND_NOTIFY" : "TEXT"),
        ]
        if !header.translations.isEmpty { message["localizedHeader"] = header.json(defaultLanguage) }
        if !body.translations.isEmpty { message["localizedBody"] = body.json(defaultLanguage) }
        return ["message": .object(message)]
    }
}
