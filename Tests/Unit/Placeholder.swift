import Testing

@Test func theLayerRuns() {}
