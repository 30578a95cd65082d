/// What becomes of the bytes on a link.
struct Weather: Sendable, Hashable {
    /// How late each piece arrives.
    var delay: Duration = .zero
    /// How many bytes a second pass in each direction; nil for as many as come.
    var bytesPerSecond: Int?
    /// Nothing passes, and nobody is told.
    var isStalled = false
    /// Every connection is reset, open ones and new ones.
    var isCut = false

    /// Everything passes at once.
    static let fair = Weather()
}
