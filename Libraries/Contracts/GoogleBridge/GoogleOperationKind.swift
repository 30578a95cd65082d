/// What an operation does at Google.
public enum GoogleOperationKind: String, Choice {
    /// Makes a class.
    case insertClass
    /// Changes a class.
    case patchClass
    /// Makes an object.
    case insertObject
    /// Changes an object.
    case patchObject
    /// Adds a message to a class or object.
    case addMessage
}
