import HTTPServer
import HTTPTypes
import JSON

/// Which calls a service answers, each written as `get /path`: by its routes, and by its document.
public enum Interface {
    private static let methods = ["get", "head", "post", "put", "patch", "delete"]

    /// What listeners serve beside the operations that all services share.
    public static func served(by listeners: Routes?...) -> Set<String> {
        Set(
            listeners.compactMap { $0?.templates }.joined().map {
                "\($0.method.rawValue.lowercased()) \($0.template)"
            })
    }

    /// What an OpenAPI document describes beside those operations.
    ///
    /// A GET route answers HEAD too, so a HEAD that is described beside a GET need not be served by a route of its own.
    public static func described(by document: [UInt8], serving served: Set<String>) throws -> Set<String> {
        guard let paths = try JSON.parse(document)["paths"]?.objectValue else {
            throw ProgramFailure(description: "the document describes no paths")
        }
        var described: Set<String> = []
        for (path, item) in paths {
            for method in methods where item[method] != nil && item[method]?["tags"]?[0] != "operations" {
                if method == "head", item["get"] != nil, !served.contains("head \(path)") { continue }
                described.insert("\(method) \(path)")
            }
        }
        return described
    }
}
