extension QRCode {
    /// A scalable picture: dark modules as one path on a white square, one unit to a module.
    /// - Parameter quietZone: white modules around the code; readers expect four.
    public func svg(quietZone: Int = 4) -> String {
        let width = side + 2 * max(quietZone, 0)
        var path = ""
        for (row, line) in modules.enumerated() {
            var column = 0
            while column < line.count {
                let end = line[column...].firstIndex(of: !line[column]) ?? line.count
                if line[column] {
                    let length = end - column
                    path += "M\(column + max(quietZone, 0)) \(row + max(quietZone, 0))h\(length)v1h-\(length)z"
                }
                column = end
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(width)" shape-rendering="crispEdges">\
            <rect width="\(width)" height="\(width)" fill="#fff"/><path d="\(path)" fill="#000"/></svg>
            """
    }
}
