import JSON

extension PassContent {
    /// Whether a package of this content shows what one of another content did.
    func isSame(as other: PassContent, voided: Bool, before otherVoided: Bool) -> Bool {
        shown(voided: voided) == other.shown(voided: otherVoided)
            && localizations.elementsEqual(other.localizations) { $0 == $1 }
    }

    private func shown(voided: Bool) -> JSONObject {
        guard voided else { return pass }
        var pass = pass
        pass["voided"] = .bool(true)
        return pass
    }
}
