import Foundation
import JSON
import Support

/// The operations of a service's `openapi.json`, with `{}` for each part that differs, and what their queries may hold.
struct DocumentedOperations {
    private static let methods: Set = ["get", "head", "post", "put", "patch", "delete"]

    /// By operation: `get /admin/v1/campaigns/{}`.
    let queries: [String: Set<String>]

    /// Reads the document of a service.
    init(of service: ServiceName) throws {
        let path = "\(Checkout.path)/Services/\(service.rawValue)/openapi.json"
        let document = try JSON.parse(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        var queries: [String: Set<String>] = [:]
        for (template, item) in document["paths"]?.objectValue ?? [:] {
            let path = template.replacing(/\{[^}]+\}/, with: "{}")
            for (method, operation) in item.objectValue ?? [:] where Self.methods.contains(method) {
                let parameters = (operation["parameters"]?.arrayValue ?? []) + (item["parameters"]?.arrayValue ?? [])
                let names = parameters.filter { $0["in"] == "query" }.compactMap { $0["name"]?.stringValue }
                queries["\(method) \(path)"] = Set(names)
            }
        }
        self.queries = queries
    }
}
