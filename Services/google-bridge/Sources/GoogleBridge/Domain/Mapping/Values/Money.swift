import JSON

/// An amount of a currency as Google counts it.
enum Money {
    /// The amount in millionths, as Google writes it; nil when it has more than six decimals or 64 bits.
    static func micros(_ amount: ExactDecimal) -> String? {
        amount.shifted(by: 6).integer.map(String.init)
    }

    /// How many decimals the currency's amounts are written with (ISO 4217).
    static func decimals(of currencyCode: String) -> Int {
        if withoutDecimals.contains(currencyCode) { return 0 }
        return withThreeDecimals.contains(currencyCode) ? 3 : 2
    }

    private static let withoutDecimals: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
        "XPF",
    ]

    private static let withThreeDecimals: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
}
