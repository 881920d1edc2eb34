import ArgumentParser
import Artifacts
import CatalogStore
import Datasets
import Enrichment
import Ingestion
import Recommender
import Training

/// How an error ends the program: one message and one exit code (the numbers are those of BSD's sysexits).
struct Failure {
    let message: String
    let exitCode: Int32

    /// A failure of the command itself.
    init(_ message: String, exitCode: Int32) {
        self.message = message
        self.exitCode = exitCode
    }

    /// - Returns: nil for what the argument parser reports by itself (help, usage).
    init?(_ error: any Error) {
        switch error {
        case let error as CommandError: self = error.failure
        case let error as IngestionError: self.init("\(error)", exitCode: Self.exitCode(of: error))
        case let error as DatasetError: self.init("\(error)", exitCode: Self.exitCode(of: error))
        case let error as FormatError: self.init("\(error)", exitCode: badData)
        case let error as SettingsError: self.init("\(error)", exitCode: badData)
        case let error as SimulationError: self.init("\(error)", exitCode: noInput)
        case let error as CorrectionError: self.init("\(error)", exitCode: Self.exitCode(of: error))
        case let error as LabelFileError: self.init("\(error)", exitCode: badData)
        case let error as LabelModelError: self.init("\(error)", exitCode: badData)
        case let error as ExportError: self.init("\(error)", exitCode: inputOutput)
        case let error as LibraryError: self.init("\(error)", exitCode: Self.exitCode(of: error))
        case let error as ArtifactError: self.init("\(error)", exitCode: Self.exitCode(of: error))
        case let error as TrainingError: self.init("\(error)", exitCode: noInput)
        case let error as RequestError: self.init("\(error)", exitCode: Self.exitCode(of: error))
        case is ExitCode, is CleanExit, is ValidationError: return nil
        case let error where Self.isParserError(error): return nil
        default: self.init("\(error)", exitCode: inputOutput)
        }
    }

    private static func exitCode(of error: IngestionError) -> Int32 {
        if case .unreadable = error { noInput } else { badData }
    }

    private static func exitCode(of error: LibraryError) -> Int32 {
        switch error {
        case .missing: noInput
        case .newer, .damaged, .notALibrary: badData
        case .unusable, .unmigrated, .backupExists: inputOutput
        case .busy: tryAgain
        }
    }

    private static func exitCode(of error: DatasetError) -> Int32 {
        switch error {
        case .unknown, .wrongAddress: usage
        case .refused: noInput
        case .wrongList, .wrongRedirect, .wrongSize, .wrongContent, .inTheWay: badData
        case .diskFull, .failed: inputOutput
        case .unreachable, .busy: tryAgain
        }
    }

    private static func exitCode(of error: CorrectionError) -> Int32 {
        switch error {
        case .noSuchWork, .noSuchEdition: noInput
        case .same, .nothingLeft: usage
        }
    }

    private static func exitCode(of error: ArtifactError) -> Int32 {
        switch error {
        case .missing: noInput
        case .damaged, .newerFormat: badData
        case .failed: inputOutput
        case .busy: tryAgain
        }
    }

    private static func exitCode(of error: RequestError) -> Int32 {
        if case .unknownBook = error { noInput } else { usage }
    }

    private static func isParserError(_ error: any Error) -> Bool {
        // The parser's own error type is not public; its exit code tells.
        let code = Bookrec.exitCode(for: error)
        return code == .validationFailure || code == .success
    }
}

/// An error of the command line tool itself.
struct CommandError: Error {
    let failure: Failure

    init(_ message: String, exitCode: Int32) {
        failure = Failure(message, exitCode: exitCode)
    }
}

let usage: Int32 = 64
let badData: Int32 = 65
let noInput: Int32 = 66
let unavailable: Int32 = 69
let inputOutput: Int32 = 74
let tryAgain: Int32 = 75
