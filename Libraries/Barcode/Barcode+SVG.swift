extension Barcode {
    /// A scalable picture, black on white, one unit to a module: each row is a dashed stroke.
    /// - Parameter quietZone: white modules around the code instead of those that its specification asks for.
    public func svg(quietZone: Int? = nil) -> String {
        let margin = max(quietZone ?? symbology.quietZone, 0)
        let rowHeight = symbology.rowHeight(width: width)
        let (wide, high) = (width + 2 * margin, modules.count * rowHeight + 2 * margin)
        var path = ""
        for (row, line) in modules.enumerated() {
            // A stroke runs along the middle of its row.
            let twice = 2 * (margin + row * rowHeight) + rowHeight
            path += Self.dashes(of: line, from: margin, at: "\(twice / 2)\(twice.isMultiple(of: 2) ? "" : ".5")")
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(wide) \(high)" shape-rendering="crispEdges">\
            <rect width="\(wide)" height="\(high)" fill="#fff"/>\
            <path d="\(path)" stroke="#000" stroke-width="\(rowHeight)"/></svg>
            """
    }

    private static func dashes(of line: [Bool], from margin: Int, at y: String) -> String {
        var path = ""
        var column = 0
        var pen: Int?
        while column < line.count {
            let end = line[column...].firstIndex(of: !line[column]) ?? line.count
            if line[column] {
                path += pen.map { "m\(column - $0) 0" } ?? "M\(column + margin) \(y)"
                path += "h\(end - column)"
                pen = end
            }
            column = end
        }
        return path
    }
}
