import Foundation

/// Pictures made by Python's zlib and struct, not by our own code.
enum PNGFixture {
    private static let source = """
        import struct, sys, zlib
        width, height, kind = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
        def chunk(name, content):
            return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        header = struct.pack(">IIBBBBB", width, height, 3 if kind == "depth" else 8, 2, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\\0" + bytes(width * 3) for _ in range(min(height, 600))))
        parts = [b"\\x89PNG\\r\\n\\x1a\\n", chunk(b"IHDR", header), chunk(b"tEXt", b"Comment\\0x"),
                 chunk(b"IDAT", pixels), chunk(b"IEND", b"")]
        if kind == "crc": parts[1] = parts[1][:-1] + bytes([parts[1][-1] ^ 1])
        if kind == "pixelcrc": parts[3] = parts[3][:-1] + bytes([parts[3][-1] ^ 1])
        if kind == "noend": parts.pop()
        if kind == "nopixels": parts.pop(3)
        if kind == "order": parts[1], parts[2] = parts[2], parts[1]
        if kind == "length": parts[3] = struct.pack(">I", 0x7fffffff) + parts[3][4:]
        if kind == "padded": parts.insert(4, chunk(b"tEXt", bytes(int(sys.argv[4]))))
        sys.stdout.buffer.write(b"".join(parts))
        """

    /// A picture of a size, whole or broken in one way.
    static func make(_ width: Int, _ height: Int, _ kind: String = "whole", padding: Int = 0) throws -> [UInt8] {
        let result = try ExternalTool.run(
            "python3", "-c", source, String(width), String(height), kind, String(padding))
        guard result.status == 0 else { throw Failure(text: result.errors) }
        return result.output
    }

    struct Failure: Error { let text: String }
}
