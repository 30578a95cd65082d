/// A statement whose values are bound parameters.
///
/// Every interpolation becomes `$1`, `$2`, …; no value ever becomes part of the text:
///
///     let statement: SQL = "SELECT version FROM passes WHERE serial_number = \(serialNumber)"
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The text with `$1`, `$2`, … in place of the values.
    public internal(set) var text: String

    private(set) var types: [UInt32] = []
    private(set) var lengths: [Int32] = []
    private var encoder = PostgresEncoder()

    /// The values one after the other; those that are NULL take no room.
    var values: [UInt8] { encoder.bytes }

    /// Makes a statement without parameters.
    public init(stringLiteral text: String) {
        self.text = text
    }

    /// Makes a statement from its interpolation.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.statement
    }

    private mutating func bind<Value: PostgresEncodable>(_ value: Value) {
        types.append(Value.postgresType.rawValue)
        lengths.append(encoder.appendValue(value).map { Int32(truncatingIfNeeded: $0) } ?? SQL.null)
        text += "$\(types.count)"
    }

    static let null: Int32 = -1

    /// The protocol counts parameters in 16 bits and messages in 31, and the server stops at 1 GiB.
    var isSendable: Bool { types.count <= 65_535 && values.count < 1 << 30 }

    /// Collects the text and the values of a statement.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var statement: SQL

        /// Begins a statement.
        public init(literalCapacity: Int, interpolationCount: Int) {
            statement = SQL(stringLiteral: "")
            statement.text.reserveCapacity(literalCapacity + interpolationCount * 3)
        }

        /// Appends text of the source code.
        public mutating func appendLiteral(_ literal: String) {
            statement.text += literal
        }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some PostgresEncodable) {
            statement.bind(value)
        }

        /// Binds a value, or NULL; without this form the compiler warns of every optional in a statement.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            statement.bind(value)
        }

        /// Binds an array whose length no plan may count on.
        ///
        /// An array that is bound as it is lets PostgreSQL plan anew at each execution while short ones are common, since
        /// their plans look cheaper; hidden behind a query, all lengths share one plan.
        public mutating func appendInterpolation<Value: PostgresEncodable>(anyLength values: [Value]) {
            statement.text += "(SELECT "
            statement.bind(values)
            statement.text += ")"
        }

        /// Appends text that is written in the source code, such as a list of columns that several statements share.
        public mutating func appendInterpolation(unescaped text: StaticString) {
            statement.text += text.description
        }

        /// Appends a name, quoted.
        public mutating func appendInterpolation(identifier name: String) {
            statement.text += SQL.quoted(name)
        }
    }

    /// A name between double quotes; a NUL, which no name may hold, is left out.
    static func quoted(_ name: String) -> String {
        var quoted = "\""
        for scalar in name.unicodeScalars where scalar != "\0" {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
