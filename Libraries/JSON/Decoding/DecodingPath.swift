/// The way from the decoded value to one of its parts; turned into a pointer only when there is a fault.
indirect enum DecodingPath {
    case root
    case key(String, below: DecodingPath)
    case index(Int, below: DecodingPath)

    /// The keys and indices from the root on.
    var codingPath: [any CodingKey] {
        var keys: [any CodingKey] = []
        var current = self
        while true {
            switch current {
            case .root: return keys.reversed()
            case .key(let key, let parent):
                keys.append(PathKey(stringValue: key))
                current = parent
            case .index(let index, let parent):
                keys.append(PathKey(intValue: index))
                current = parent
            }
        }
    }
}
