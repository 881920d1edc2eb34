import HTTPTypes

/// The error page.
struct ProblemView {
    let frame: PageRenderer.Frame
    let status: String
    let heading: String
    let explanation: String
    let requestID: String

    init(frame: PageRenderer.Frame, problem: Problem, requestID: RequestID) {
        self.frame = frame
        self.requestID = requestID.value
        status = String(problem.code.status.code)
        heading =
            switch problem.code {
            case .unknownBook: "This book is not on our shelves"
            case .notFound: "There is no page here"
            case .internalError, .notReady: "We lost our place"
            case .methodNotAllowed: "That cannot be done here"
            default: "We could not read that"
            }
        explanation = problem.detail
    }
}
