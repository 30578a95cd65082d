import Testing

/// The built services as processes, nothing mocked. One test at a time: each of them keeps the machine busy.
@Suite("End to end", .serialized, .timeLimit(.minutes(6))) struct EndToEndTests {}
