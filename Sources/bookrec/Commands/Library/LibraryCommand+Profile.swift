import ArgumentParser
import CatalogStore
import Foundation
import LibraryReport

extension LibraryCommand {
    struct Profile: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The library in figures: completeness, distributions, joins, quarantine, last runs.",
            discussion: "Simulated readers are left out of the figures and counted apart.")

        @Option(
            help: ArgumentHelp("Write a page with plots: one file that needs nothing else.", valueName: "file"),
            completion: .file(extensions: ["html"]))
        var html: String?

        @Flag(help: "As JSON.")
        var json = false

        @OptionGroup var home: Home

        func run() throws {
            let profile = try home.library(.existing).profile()
            if let html { try write(LibraryPage(profile, madeAt: Date().formatted(.iso8601)), to: html) }
            if json { try Console.json(profile) }
            if html == nil, !json { Console.result("\(LibrarySummary(profile))") }
        }

        private func write(_ page: LibraryPage, to file: String) throws {
            let html = try page.html()
            do {
                try Data(html.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
            } catch {
                throw CommandError(
                    "\(file) cannot be written: \(error.localizedDescription) Check its folder and the room on the disk.",
                    exitCode: inputOutput)
            }
            Console.message("\(file) is written.")
        }
    }
}
