/// An answer that is no acknowledgement; without a status none came.
struct Unanswered: Error {
    let status: Int?
}
