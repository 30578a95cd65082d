import Foundation
import Support
import Testing

/// Nothing is possible in the console that isn't in the interface.
@Suite("The console's calls") struct ConsoleCallTests {
    private let scripts: [ConsoleScript]
    private let calls: [ConsoleCall]
    private let issuer: DocumentedOperations

    init() throws {
        scripts = try ConsoleScript.all()
        let methods = try ConsoleScript.methods(of: scripts)
        calls = try scripts.flatMap { try $0.calls(methods) }
        issuer = try DocumentedOperations(of: .issuer)
    }

    /// The operation that a path of the console leads to at another service.
    private static func passedOn(_ operation: String) -> (service: ServiceName, operation: String)? {
        for service in ServiceName.allCases {
            let beginning = " /console/\(service.rawValue)/"
            guard let place = operation.range(of: beginning) else { continue }
            return (service, "\(operation[..<place.lowerBound]) /\(operation[place.upperBound...])")
        }
        return nil
    }

    @Test("are in the documents of the services that answer them, with all that their queries hold")
    func documented() throws {
        #expect(calls.count > 40)
        for call in calls {
            #expect(issuer.queries[call.operation] != nil, "\(call) is not in pass-issuer's openapi.json")
            var names = issuer.queries[call.operation]
            if let (service, operation) = Self.passedOn(call.operation) {
                names = try DocumentedOperations(of: service).queries[operation]
                #expect(names != nil, "\(call) is not in \(service.rawValue)'s openapi.json")
            }
            let unknown = call.query.filter { names?.contains($0) != true }
            #expect(unknown == [], "\(call)")
        }
    }

    @Test("are all that is passed on to other services") func passedOn() {
        let offered = issuer.queries.keys.filter { Self.passedOn($0) != nil }
        #expect(Set(calls.map(\.operation).filter { Self.passedOn($0) != nil }) == Set(offered))
    }

    @Test("go through one function") func oneWay() {
        for word in ["fetch(", "XMLHttpRequest", "EventSource", "WebSocket", "sendBeacon"] {
            let places = scripts.flatMap { script in script.text.ranges(of: word).map { _ in script.name } }
            #expect(places == (word == "fetch(" ? ["api.js"] : []), "\(word)")
        }
    }
}
