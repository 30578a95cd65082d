import Foundation

extension Browser {
    /// What ZXing reads from a picture of an element, with the kind of the code; empty when it finds none.
    public func scan(_ selector: String) async throws -> String {
        let picture = try await photograph(selector)
        let directory = try TestDirectory()
        try Data(picture).write(to: URL(fileURLWithPath: directory.path("code.png")))
        return try await Program.run(["ZXingReader", "-1", directory.path("code.png")]).output
    }
}
