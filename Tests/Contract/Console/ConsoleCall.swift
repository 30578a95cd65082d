import Foundation
import Support

/// A call that a module of the console makes.
struct ConsoleCall: Hashable, CustomStringConvertible {
    /// The module.
    let module: String
    /// The method in small letters, a space, and the path with `{}` for each part that differs.
    let operation: String
    /// What its query may hold.
    let query: [String]

    var description: String {
        "\(module): \(operation)\(query.isEmpty ? "" : " with \(query.joined(separator: ", "))")"
    }
}

extension ConsoleScript {
    /// How addresses of services begin, as far as the console may know them.
    private static let beginnings =
        ["/admin/", "/api/", "/pers/", "/rpc/", "/v1/", "/console/session"]
        + ServiceName.allCases.map { "/console/\($0.rawValue)/" }

    /// The functions of `api.js`, each with the method that it calls with.
    static func methods(of scripts: [ConsoleScript]) throws -> [String: String] {
        guard let api = scripts.first(where: { $0.name == "api.js" }) else { return [:] }
        var methods: [String: String] = [:]
        for name in ["get", "put", "post", "remove"] {
            guard let place = api.text.range(of: "export const \(name) = "),
                let call = api.text.range(of: "call(\"", range: place.upperBound..<api.text.endIndex)
            else { throw ProgramFailure(description: "api.js has no \(name)") }
            methods[name] = api.text[call.upperBound...].prefix { $0 != "\"" }.lowercased()
        }
        return methods
    }

    /// What the module calls, and which pictures it shows.
    func calls(_ methods: [String: String]) throws -> [ConsoleCall] {
        var found: [ConsoleCall] = []
        var read: [Range<String.Index>] = []
        for (function, method) in methods.sorted(by: { $0.key < $1.key }) {
            for place in text.ranges(of: name == "api.js" ? "await \(function)(" : "api.\(function)(") {
                let arguments = expressions(from: place.upperBound)
                let hasQuery = ["get", "delete"].contains(method) && arguments.count > 1
                let query = hasQuery ? try queryNames(of: arguments[1]) : []
                found += try addresses(of: arguments[0]).map { address in
                    ConsoleCall(module: name, operation: "\(method) \(address.path)", query: address.query + query)
                }
                read.append(arguments[0].startIndex..<arguments[0].endIndex)
            }
        }
        return found + (try pictures(beside: read))
    }

    /// What stands as an address outside of calls and definitions: the browser itself gets it.
    private func pictures(beside read: [Range<String.Index>]) throws -> [ConsoleCall] {
        try literals.filter { literal in
            let before = text[..<literal.lowerBound]
            let isDefinition = before.hasSuffix("= ") || before.hasSuffix("=> ")
            return !isDefinition && !read.contains { $0.contains(literal.lowerBound) }
        }.flatMap { literal in
            let written = text[literal].dropFirst()
            let isAddress = Self.beginnings.contains { written.hasPrefix($0) }
            guard isAddress || written.hasPrefix("${") else { return [ConsoleCall]() }
            // What begins with another value may be any text.
            let addresses = isAddress ? try addresses(of: text[literal]) : (try? addresses(of: text[literal])) ?? []
            return addresses.filter { address in Self.beginnings.contains(where: address.path.hasPrefix) }.map {
                ConsoleCall(module: name, operation: "get \($0.path)", query: $0.query)
            }
        }
    }
}
