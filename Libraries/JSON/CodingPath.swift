/// The way from a value that is decoded or encoded to one of its parts; made a list of keys only when there is a fault.
indirect enum CodingPath {
    case root
    case key(String, below: CodingPath)
    case index(Int, below: CodingPath)

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
