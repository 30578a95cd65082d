import Foundation
import Support
import Testing

/// The pages that the console leads to, by the addresses in its modules.
@Suite("The console's pages") struct ConsolePageTests {
    private static let others = ["session", "assets"] + ServiceName.allCases.map(\.rawValue)

    /// `/console/campaigns/{}/passes` and its like.
    private static func pages() throws -> Set<String> {
        var pages: Set<String> = []
        for script in try ConsoleScript.all() {
            for literal in script.literals {
                let written = script.text[literal].dropFirst()
                guard ["/console/", "/console?", "/console\""].contains(where: { written.hasPrefix($0) }) else {
                    continue
                }
                for address in try script.addresses(of: script.text[literal]) {
                    let name = address.path.split(separator: "/").dropFirst().first.map(String.init)
                    if !Self.others.contains(name ?? "") { pages.insert(address.path) }
                }
            }
        }
        return pages
    }

    @Test(
        "are all measured, and all photographed",
        arguments: [("Benchmarks/bench_lib/console.py", []), ("Scripts/screenshots", ["/console/sign-in"])]
            as [(String, Set<String>)])
    func covered(list: String, elsewhere: Set<String>) throws {
        let text = try String(contentsOfFile: "\(Checkout.path)/\(list)", encoding: .utf8)
        let listed = text.matches(of: /\("[^"()]+", "((?:\/[^"]*)?(?:\?[^"]*)?)", ["A-Z]/).map { match in
            var parts = match.output.1.prefix { $0 != "?" }.split(separator: "/").map(String.init)
            if parts.count > 1, parts[1] != "_new" { parts[1] = "{}" }
            return (["/console"] + parts).joined(separator: "/")
        }
        let pages = try Self.pages()
        #expect(pages.count > 15)
        #expect(pages.subtracting(listed).subtracting(elsewhere) == [])
    }
}
