/// What becomes of a pass whose owner filled in the form that it asked for.
enum PersonalizationOutcome: Sendable, Hashable {
    /// It is personalised now.
    case personalized(Pass)
    /// It was personalised with this token before: a phone that did not get the answer asks again.
    case repeated(Enrolment)
}
