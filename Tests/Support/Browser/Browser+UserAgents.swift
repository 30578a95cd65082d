extension Browser {
    /// The `User-Agent` of a computer, on which no wallet is.
    public static let windows =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
}
