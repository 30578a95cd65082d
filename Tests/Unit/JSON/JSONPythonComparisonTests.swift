import Foundation
import JSON
import Testing

/// Documents made, spoilt and judged by Python's `json`, an implementation that is not ours.
@Suite struct JSONPythonComparisonTests {
    /// Prints a line for each document: its bytes and, when it is JSON by our rules, its canonical form, both in hex.
    private static let script = #"""
        import json, random, sys
        choice = random.Random(int(sys.argv[1]))
        alphabet = ['a', 'B', '0', ' ', '"', '\\', '/', '\b', '\f', '\n', '\r', '\t', '\x00', '\x1f', '\x7f', 'é', 'e\u0301',
                    'π', '\u2028', '\ud7ff', '\ue000', '\uffff', '😀', '\U0010ffff']
        class Number:
            def __init__(self, text): self.text = text
        def space(): return ''.join(choice.choice(' \t\r\n') for _ in range(choice.choice([0, 0, 0, 1, 2])))
        def string():
            text = ''.join(choice.choice(alphabet) for _ in range(choice.choice([0, 1, 3, 8, 20])))
            return json.dumps(text, ensure_ascii=choice.random() < 0.4).replace('/', choice.choice(['/', '\\/']))
        def number():
            digits = lambda: ''.join(choice.choice('0123456789') for _ in range(choice.choice([1, 2, 5, 22])))
            whole = choice.choice(['0', choice.choice('123456789') + digits()])
            fraction = choice.choice(['', '.' + digits()])
            exponent = choice.choice(['', '', choice.choice('eE') + choice.choice(['', '+', '-']) + digits()])
            return choice.choice(['', '-']) + whole + fraction + exponent
        def value(depth):
            kind = choice.randrange(8 if depth < 5 else 5)
            if kind < 2: text = string()
            elif kind < 4: text = number()
            elif kind == 4: text = choice.choice(['true', 'false', 'null'])
            elif kind == 5: text = '[' + ','.join(value(depth + 1) for _ in range(choice.randrange(5))) + space() + ']'
            else: text = '{' + ','.join(space() + string() + space() + ':' + value(depth + 1)
                                        for _ in range(choice.randrange(6))) + space() + '}'
            return space() + text + space()
        def pairs(items):
            if len({key for key, _ in items}) != len(items): raise ValueError('a key stands twice')
            return dict(items)
        def constant(text): raise ValueError(text)
        def canonical(item):
            if isinstance(item, dict):
                members = sorted(item.items(), key=lambda member: member[0].encode())
                return '{' + ','.join(canonical(key) + ':' + canonical(part) for key, part in members) + '}'
            if isinstance(item, list): return '[' + ','.join(canonical(part) for part in item) + ']'
            return item.text if isinstance(item, Number) else json.dumps(item, ensure_ascii=False)
        for _ in range(int(sys.argv[2])):
            document = bytearray(value(0).encode())
            for _ in range(choice.choice([0, 0, 1, 1, 2, 4])):
                place = choice.randrange(len(document) + 1)
                spoiler = choice.choice([b'"', b'\\', b',', b':', b'{', b'}', b'[', b']', b'0', b'-', b'.', b'e', b'\\u00',
                                         b'\x00', b'\xc3', b'\xff', b'\xed\xa0\x80', b' ', b'\n', b'a', b'true'])
                document[place:place + choice.choice([0, 1])] = spoiler
            try:
                parsed = json.loads(bytes(document).decode(), parse_int=Number, parse_float=Number,
                                    parse_constant=constant, object_pairs_hook=pairs)
                verdict = canonical(parsed).encode().hex()
            except (ValueError, RecursionError):
                verdict = 'refused'
            print(bytes(document).hex() or '-', verdict)
        """#

    @Test("accepts, refuses and canonicalises as Python does", arguments: [1, 2, 3, 4])
    func agreesWithPython(seed: Int) throws {
        let lines = try Self.output(seed: seed, count: 1_500).split(separator: "\n")
        try #require(lines.count == 1_500)
        var accepted = 0
        for line in lines {
            let columns = line.split(separator: " ")
            let document = Self.bytes(columns[0])
            let ours = try? JSON.parse(document).serialized()
            let theirs = columns[1] == "refused" ? nil : Self.bytes(columns[1])
            #expect(ours == theirs, "\(String(decoding: document, as: UTF8.self))")
            if ours != nil { accepted += 1 }
        }
        // Both verdicts must be well represented, or the comparison would say little.
        #expect((300...1_200).contains(accepted))
    }

    private static func output(seed: Int, count: Int) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, String(seed), String(count)]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self)
    }

    private static func bytes(_ hex: Substring) -> [UInt8] {
        guard hex != "-" else { return [] }
        let digits = Array(hex.utf8).map { $0 <= 0x39 ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
