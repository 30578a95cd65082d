import Archive

/// Inputs that are sound, to make others of.
struct Corpus {
    private let inputs: [[UInt8]]

    init(_ inputs: [[UInt8]]) {
        self.inputs = inputs.isEmpty ? [[]] : inputs
    }

    /// A new input.
    func next(_ mutator: inout Mutator) -> [UInt8] {
        let (input, other) = (pick(&mutator), pick(&mutator))
        // A changed archive hardly gets past its checksums: more often a file inside is changed and packed anew.
        if ZIPReader.isArchive(input), mutator.below(3) > 0, let packed = repacked(input, other, &mutator) {
            return packed
        }
        return mutator.mutate(input, with: other)
    }

    private func pick(_ mutator: inout Mutator) -> [UInt8] {
        inputs[mutator.below(inputs.count)]
    }

    private func repacked(_ archive: [UInt8], _ other: [UInt8], _ mutator: inout Mutator) -> [UInt8]? {
        guard let reader = try? ZIPReader(archive), !reader.files.isEmpty else { return nil }
        let changed = mutator.below(reader.files.count)
        var writer = ZIPWriter()
        for (index, file) in reader.files.enumerated() {
            guard let bytes = try? reader.bytes(of: file) else { return nil }
            let entry = ZIPEntry(
                path: file.path, bytes: index == changed ? mutator.mutate(bytes, with: other) : bytes)
            guard (try? writer.add(entry)) != nil else { return nil }
        }
        return writer.archive().bytes
    }
}
