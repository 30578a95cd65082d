import Cryptography

/// A colour in sRGB, and how well it is read on another one.
struct RGBColour: Sendable, Hashable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    static let white = RGBColour(red: 255, green: 255, blue: 255)
    static let black = RGBColour(red: 0, green: 0, blue: 0)

    init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads a colour of pass.json; nil when it is none.
    init?(pass text: String) {
        guard PassColour.isValid(text) else { return nil }
        let parts: [UInt8]
        if text.hasPrefix("#") {
            let digits = text.dropFirst()
            let pairs = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : String(digits)
            parts = Hex.decode(pairs) ?? []
        } else {
            parts = text.split { !("0"..."9" ~= $0) }.compactMap { UInt8($0) }
        }
        guard parts.count == 3 else { return nil }
        self.init(red: parts[0], green: parts[1], blue: parts[2])
    }

    /// `#rrggbb`.
    var css: String { "#" + Hex.encode([red, green, blue]) }

    /// The contrast ratio of WCAG 2.2, from 1 to 21.
    func contrast(with other: RGBColour) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// This colour where it can be read on a ground (4.5 to 1), else black or white, whichever is read better.
    func readable(on ground: RGBColour) -> RGBColour {
        if contrast(with: ground) >= 4.5 { return self }
        return Self.white.contrast(with: ground) > Self.black.contrast(with: ground) ? .white : .black
    }

    /// The relative luminance of WCAG 2.2, from 0 to 1.
    private var luminance: Double {
        0.2126 * Self.linear[Int(red)] + 0.7152 * Self.linear[Int(green)] + 0.0722 * Self.linear[Int(blue)]
    }

    /// What each value of a channel is in linear light.
    private static let linear: [Double] = (0...255).map { value in
        let share = Double(value) / 255
        return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
    }

    /// x to the power of 2.4 without a mathematics library: x² times the fifth root of x², by Newton's method.
    private static func power(_ x: Double) -> Double {
        let square = x * x
        var root = 1.0
        for _ in 0..<60 {
            let fourth = root * root * root * root
            root -= (fourth * root - square) / (5 * fourth)
        }
        return square * root
    }
}
