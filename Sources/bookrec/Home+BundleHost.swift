import Artifacts
import Recommender

extension Home {
    /// Loads the text model and the bundle that serves, saying which bundles had to be passed over.
    func openBundleHost() throws -> BundleHost {
        let (encoder, manifest) = try models.open()
        let host = try BundleHost(bundles: bundles, encoder: encoder, textModel: manifest)
        tellRefusals(of: host)
        return host
    }

    func tellRefusals(of host: BundleHost) {
        for refusal in host.refusals {
            Console.message("error: \(refusal.reason) Serving bundle \(host.version.bundle) instead.")
        }
    }
}
