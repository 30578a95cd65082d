extension DeviceFamily {
    /// The products that Safari itself names; every other browser, and every app with a browser inside, adds its own or
    /// leaves one out.
    private static let productsOfSafari: Set<Substring> = ["Mozilla", "AppleWebKit", "Version", "Mobile", "Safari"]

    /// Whether a `User-Agent` is Safari's, on a device of Apple's: the one browser that opens bundles of passes.
    static func isSafari(userAgent: String?) -> Bool {
        guard let userAgent, DeviceFamily(userAgent: userAgent) == .apple else { return false }
        var depth = 0
        var products: Set<Substring> = []
        for word in userAgent.split(separator: " ") {
            let isComment = depth > 0 || word.hasPrefix("(")
            depth += word.count { $0 == "(" } - word.count { $0 == ")" }
            if !isComment { products.insert(word.prefix { $0 != "/" }) }
        }
        return products.contains("Version") && products.contains("Safari") && products.isSubset(of: productsOfSafari)
    }
}
