/// Whether a row of readings grows.
struct Growth: Sendable {
    /// Memory may be so much more, in hundredths, whatever it is.
    static let memoryShare = 0.04

    /// The median of the second third.
    let before: Double
    /// The median of the last third.
    let after: Double
    /// By how much it grows in one third, by the median of the slopes between any two readings (Theil and Sen): a few
    /// readings that are far off do not move it.
    let slope: Double

    /// Judges readings that were taken at equal distances.
    init(_ readings: [Double]) {
        let third = readings.count / 3
        let (second, last) = (readings.dropFirst(third).prefix(third), readings.suffix(third))
        before = Self.median(Array(second))
        after = Self.median(Array(last))
        let row = Array(readings.dropFirst(third))
        var slopes: [Double] = []
        for start in row.indices {
            for end in row.indices.dropFirst(start + 1) { slopes.append((row[end] - row[start]) / Double(end - start)) }
        }
        slope = Self.median(slopes) * Double(third)
    }

    /// Whether both the slope and the medians say that more is held than is tolerated.
    func exceeds(_ tolerance: Double) -> Bool { min(slope, after - before) > tolerance }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
