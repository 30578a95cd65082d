/// What a load has cost.
struct Figures: CustomStringConvertible {
    let requests: Int
    let failed: Int
    let usage: Usage
    let residentEarly: Int
    let residentLate: Int

    /// Names and values for whoever reads them with a program.
    var description: String {
        "requests=\(requests) failed=\(failed) seconds=\(usage.seconds) cpu=\(usage.processor)"
            + " resident_early_kb=\(residentEarly) resident_late_kb=\(residentLate)"
    }
}
