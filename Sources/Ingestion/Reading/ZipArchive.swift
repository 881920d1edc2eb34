import CMinizip
import Foundation

/// An open zip archive; closes itself.
final class ZipArchive {
    let file: StoredFile
    let handle: unzFile

    /// What the archive's directory says of an entry.
    struct Entry: Sendable, Equatable {
        var name: String
        var packedSize: Int
        var unpackedSize: Int
        /// Where it stands in the directory.
        var offset: UInt64
        var number: UInt64
        var method: UInt
        var flags: UInt
        /// Kind and permissions as Unix has them; 0 in archives made elsewhere.
        var mode: UInt
    }

    init(_ file: StoredFile) throws(IngestionError) {
        self.file = file
        // minizip opens by name: this makes sure that it is still the same file.
        close(try file.open())
        guard let handle = unzOpen64(file.path) else {
            throw .damagedArchive(
                source: file.name, reason: "its directory is missing; the download or copy is not complete")
        }
        self.handle = handle
    }

    deinit { unzClose(handle) }

    /// Every entry in the archive's order, folders too.
    func entries(limit: Int) throws(IngestionError) -> [Entry] {
        var info = unz_global_info64()
        guard unzGetGlobalInfo64(handle, &info) == UNZ_OK else { throw damaged("its directory is broken") }
        if info.number_entry > limit {
            throw .tooManyEntries(source: file.name, count: Int(clamping: info.number_entry), limit: limit)
        }
        var entries: [Entry] = []
        guard info.number_entry > 0 else { return entries }
        var status = unzGoToFirstFile(handle)
        while status == UNZ_OK {
            entries.append(try currentEntry())
            if entries.count > limit {
                throw .tooManyEntries(source: file.name, count: entries.count, limit: limit)
            }
            status = unzGoToNextFile(handle)
        }
        guard status == UNZ_END_OF_LIST_OF_FILE, entries.count == Int(clamping: info.number_entry) else {
            throw damaged("its directory is broken")
        }
        return entries
    }

    private func currentEntry() throws(IngestionError) -> Entry {
        var info = unz_file_info64()
        // Names are up to 65,535 bytes long; the terminating NUL is not counted.
        var name = [CChar](repeating: 0, count: 1 << 16)
        var place = unz64_file_pos()
        guard
            unzGetCurrentFileInfo64(handle, &info, &name, UInt(name.count), nil, 0, nil, 0) == UNZ_OK,
            unzGetFilePos64(handle, &place) == UNZ_OK, info.size_filename < name.count
        else { throw damaged("its directory is broken") }
        let bytes = name[..<Int(info.size_filename)].map { UInt8(bitPattern: $0) }
        return Entry(
            // Old programs wrote names in the encoding of their machine: they are for showing only.
            name: String(validating: bytes, as: UTF8.self)
                ?? String(String.UnicodeScalarView(bytes.map(Unicode.Scalar.init))),
            packedSize: Int(clamping: info.compressed_size), unpackedSize: Int(clamping: info.uncompressed_size),
            offset: place.pos_in_zip_directory, number: place.num_of_file,
            method: info.compression_method, flags: info.flag, mode: info.external_fa >> 16 & 0xFFFF)
    }

    private func damaged(_ reason: String) -> IngestionError { .damagedArchive(source: file.name, reason: reason) }
}
