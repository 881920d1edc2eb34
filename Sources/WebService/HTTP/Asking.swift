/// Runs a synchronous question to the recommender on Swift's concurrency pool, and takes its time.
///
/// A question costs milliseconds of CPU. Said explicitly, because under `NonisolatedNonsendingByDefault` the work
/// would run wherever the caller does, which some day may be an event loop that serves other visitors.
@concurrent
func asking<Answer: Sendable>(
    _ question: @Sendable () throws -> Answer
) async throws -> (answer: Answer, time: Duration) {
    let start = ContinuousClock.now
    let answer = try question()
    return (answer, .now - start)
}
