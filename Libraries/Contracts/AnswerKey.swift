/// The keys that an answer has beside what was put: a request may repeat them, and they are ignored there.
public enum AnswerKey: String, CaseIterable, CodingKey {
    /// The keys, as they are written.
    case id, version, state, warnings, passes, rollout, googleClass, createdAt, updatedAt
}
