/// The steps that wait for pushes: those of one token in their order, before those for all.
struct Scripts {
    private var ofToken: [String: [APNsScriptStep]] = [:]
    private var ofAll: [APNsScriptStep] = []

    mutating func add(_ step: APNsScriptStep) {
        if let token = step.token { ofToken[token, default: []].append(step) } else { ofAll.append(step) }
    }

    /// Forgets the steps of one token, or all of them.
    mutating func remove(token: String?) {
        if let token {
            ofToken[token.lowercased()] = nil
        } else {
            self = Scripts()
        }
    }

    /// Takes the step for a push to a token.
    mutating func next(for token: String) -> APNsScriptStep? {
        if ofToken.isEmpty, ofAll.isEmpty { return nil }
        if var steps = ofToken[token], let step = Self.take(&steps) {
            ofToken[token] = steps.isEmpty ? nil : steps
            return step
        }
        return Self.take(&ofAll)
    }

    private static func take(_ steps: inout [APNsScriptStep]) -> APNsScriptStep? {
        guard let step = steps.first else { return nil }
        if let times = step.times {
            if times > 1 { steps[0].times = times - 1 } else { steps.removeFirst() }
            guard times > 0 else { return take(&steps) }
        }
        return step
    }
}
