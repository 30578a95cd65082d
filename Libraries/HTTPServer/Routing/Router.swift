import HTTPTypes

/// Finds the route of a request.
struct Router: Sendable {
    enum Match {
        case route(Route, PathParameters)
        case notAllowed(allow: String)
        case notFound
    }

    private let routesBySegments: [Int: [Route]]

    init(_ routes: Routes) {
        routesBySegments = Dictionary(grouping: routes.routes) { $0.template.segments.count }.mapValues { group in
            // Literal segments win over places, compared from the left; otherwise the first one added wins.
            group.enumerated().sorted { left, right in
                let difference = zip(left.element.template.segments, right.element.template.segments)
                    .map { (Self.rank($0), Self.rank($1)) }.first { $0 != $1 }
                return difference.map { $0.0 < $0.1 } ?? (left.offset < right.offset)
            }.map(\.element)
        }
    }

    func match(_ method: HTTPMethod, _ segments: [String]) -> Match {
        var fallback: Match?
        var allowed: Set<String> = []
        for route in routesBySegments[segments.count] ?? [] {
            guard let parameters = route.template.match(segments) else { continue }
            if route.method == method { return .route(route, parameters) }
            if method == .head, route.method == .get, fallback == nil { fallback = .route(route, parameters) }
            allowed.insert(route.method.rawValue)
            if route.method == .get { allowed.insert("HEAD") }
        }
        if let fallback { return fallback }
        return allowed.isEmpty ? .notFound : .notAllowed(allow: allowed.sorted().joined(separator: ", "))
    }

    private static func rank(_ segment: PathTemplate.Segment) -> Int {
        switch segment {
        case .literal: 0
        case .parameter(let prefix, _, let suffix): prefix.isEmpty && suffix.isEmpty ? 2 : 1
        }
    }
}
