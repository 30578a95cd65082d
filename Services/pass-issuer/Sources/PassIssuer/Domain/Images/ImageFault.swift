/// Why a picture is refused.
enum ImageFault: Error, Equatable, Sendable {
    /// It has more bytes than are taken; answered with 413, the others with 422.
    case tooManyBytes(Int)
    case notPNG
    case truncated
    case malformed(String)
    case tooManyPixels(file: String, side: String, pixels: Int, maximum: Int)

    /// What is wrong, as a sentence.
    var reason: String {
        switch self {
        case .tooManyBytes(let count): "The image has \(count) bytes; \(PNGImage.maximumBytes) are taken."
        case .notPNG: "The file is no PNG."
        case .truncated: "The PNG ends before its IEND."
        case .malformed(let what): "The PNG is broken: \(what)."
        case .tooManyPixels(let file, let side, let pixels, let maximum):
            "The \(side) of \(file) is \(pixels) pixels; at most \(maximum) are taken, three times its nominal size."
        }
    }

    /// How to mend it.
    var remedy: String {
        switch self {
        case .tooManyBytes: "Scale the image to its nominal size, or save it with fewer colours."
        case .notPNG: "Convert the image to PNG."
        case .truncated, .malformed: "Save the image anew and send it again."
        case .tooManyPixels: "Scale the image to its nominal size."
        }
    }

    /// Reason and remedy, for people.
    var detail: String { reason + " " + remedy }
}
