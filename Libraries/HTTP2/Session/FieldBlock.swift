import CNGHTTP2

/// The header fields of one message on their way into the session, their bytes in one piece of memory.
struct FieldBlock {
    private struct Place {
        let nameEnd: Int
        let valueEnd: Int
        let isIndexed: Bool
    }

    private var bytes: [UInt8] = []
    private var places: [Place] = []

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }

    /// A field that is not indexed is written whole each time, and no proxy on the way may remember it either.
    mutating func add(_ name: String, _ value: String, isIndexed: Bool = true) {
        bytes.append(contentsOf: name.utf8)
        let nameEnd = bytes.count
        bytes.append(contentsOf: value.utf8)
        places.append(Place(nameEnd: nameEnd, valueEnd: bytes.count, isIndexed: isIndexed))
    }

    /// Lends the fields as the library reads them; it copies what it keeps.
    mutating func withFields<Outcome>(_ body: (UnsafePointer<nghttp2_nv>?, Int) -> Outcome) -> Outcome {
        let places = places
        return bytes.withUnsafeMutableBufferPointer { bytes in
            withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: places.count) { fields in
                var start = 0
                for (index, place) in places.enumerated() {
                    let flags = place.isIndexed ? NGHTTP2_NV_FLAG_NONE : NGHTTP2_NV_FLAG_NO_INDEX
                    fields.initializeElement(
                        at: index,
                        to: nghttp2_nv(
                            name: bytes.baseAddress?.advanced(by: start),
                            value: bytes.baseAddress?.advanced(by: place.nameEnd),
                            namelen: place.nameEnd - start, valuelen: place.valueEnd - place.nameEnd,
                            flags: UInt8(flags.rawValue)))
                    start = place.valueEnd
                }
                return body(fields.baseAddress, places.count)
            }
        }
    }
}
