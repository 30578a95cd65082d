extension QRCode {
    /// The picture of ``svg(quietZone:)`` in about a third of its bytes: each row is a dashed stroke, one unit thick.
    /// - Parameter quietZone: white modules around the code; readers expect four.
    public func compactSVG(quietZone: Int = 4) -> String {
        let margin = max(quietZone, 0)
        let width = side + 2 * margin
        var path = ""
        for (row, line) in modules.enumerated() {
            var column = 0
            var pen: Int?
            while column < line.count {
                let end = line[column...].firstIndex(of: !line[column]) ?? line.count
                if line[column] {
                    path += pen.map { "m\(column - $0) 0" } ?? "M\(column + margin) \(row + margin).5"
                    path += "h\(end - column)"
                    pen = end
                }
                column = end
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(width)" shape-rendering="crispEdges">\
            <rect width="\(width)" height="\(width)" fill="#fff"/><path d="\(path)" stroke="#000"/></svg>
            """
    }
}
