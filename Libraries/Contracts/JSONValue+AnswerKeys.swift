import JSON

extension JSONValue {
    /// The value as it could have been put: an object without the keys that only answers have.
    public func withoutAnswerKeys() -> JSONValue {
        guard case .object(var object) = self else { return self }
        for key in AnswerKey.allCases { object[key.rawValue] = nil }
        return .object(object)
    }
}
