import Artifacts
import Foundation
import Recommender
import Training

extension Home {
    /// Makes the home ready to serve and opens what is to be served, saying what had to be done.
    func prepare(starter: HomeFolder?) throws -> BundleHost {
        let (encoder, manifest) = try models.open()
        let preparation = HomePreparation(
            home: folder, starter: starter, encoder: encoder, textModel: manifest, codeVersion: "\(CodeVersion.current)"
        )
        let progress = ProgressLine("Embedding", unit: "texts")
        let folder = folder.url.path
        let host = try preparation.run { event in
            switch event {
            case .tookOver(let starter):
                Console.message("There was no library in \(folder): took over the one of \(starter.url.path).")
            case .training(let reason):
                Console.message("Training a bundle before serving, as none can be served: \(reason)")
            case .trainingProgress(.embedding(let done, let total)) where total > 0: progress.show(done, of: total)
            case .trainingProgress(.writing): Console.message("Writing the bundle ...")
            case .trainingProgress: break
            case .waiting(let reason): Console.message("\(reason) Waiting for up to a minute ...")
            case .servingWithoutLibrary(let error):
                Console.message("error: \(error) What readers get does not come from it: serving without it.")
            }
        }
        tellRefusals(of: host)
        return host
    }
}
