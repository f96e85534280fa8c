import Testing

@Test func placeholderSoThatTheTargetBuilds() {}
