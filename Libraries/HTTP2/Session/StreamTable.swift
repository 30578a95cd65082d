/// The open streams of a session by their numbers; one that is asked for again and again is found without a search.
struct StreamTable<Stream: AnyObject> {
    private var streams: [Int32: Stream] = [:]
    private var recentID: Int32 = 0
    private var recent: Stream?

    var count: Int { streams.count }

    /// All of them, in the order of their numbers.
    var inOrder: [(id: Int32, stream: Stream)] {
        streams.sorted { $0.key < $1.key }.map { (id: $0.key, stream: $0.value) }
    }

    mutating func add(_ stream: Stream, as id: Int32) {
        streams[id] = stream
        recentID = id
        recent = stream
    }

    /// The stream of a number.
    mutating func find(_ id: Int32) -> Stream? {
        if id == recentID { return recent }
        guard let found = streams[id] else { return nil }
        recentID = id
        recent = found
        return found
    }

    mutating func remove(_ id: Int32) -> Stream? {
        if id == recentID {
            recentID = 0
            recent = nil
        }
        return streams.removeValue(forKey: id)
    }
}
