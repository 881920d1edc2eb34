import Logging
import Recommender
import ServiceLifecycle

/// Looks every few seconds whether another bundle was promoted, so that a training reaches readers without a restart.
struct BundleWatcher: Service {
    let host: BundleHost
    let logger: Logger
    var pause = Duration.seconds(2)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: pause)
                switch host.refresh() {
                case .none: break
                case .switched(let version):
                    logger.info(
                        "serving another bundle",
                        metadata: ["bundle": "\(version.bundle)", "works": "\(version.works)"])
                case .refused(let refusal):
                    logger.error(
                        "a promoted bundle was refused; the one before serves on",
                        metadata: ["bundle": "\(refusal.bundle)", "reason": "\(refusal.reason)"])
                }
            }
        }
    }
}
