import Catalog

extension RowScope {
    mutating func tag() throws(Violation) -> RowResult {
        guard let id = try nativeID(.tagID) else { throw .missing(.tagID) }
        guard let name = try line(.tagName) else { throw .missing(.tagName) }
        return RowResult(content: .tag(id: id, name: name))
    }

    mutating func tagging() throws(Violation) -> RowResult {
        let id = plan.columns.has(.item) ? try nativeID(.item) : nil
        let goodreads = goodreadsKey()
        guard let item = try id.map({ id throws(Violation) in try itemKey(id) }) ?? goodreads else {
            throw .missing(.item)
        }
        guard let tag = try nativeID(.tagID) else { throw .missing(.tagID) }
        guard let count = try whole(.tagCount, cell(.tagCount)) else { throw .missing(.tagCount) }
        var result = RowResult(content: .tagging(item: item, tag: tag, count: count))
        if id != nil { result.otherKey = goodreads }
        if format.isOwn {
            addOwn(to: &result)
            if cell(.tagName) != nil { result.tagName = try line(.tagName) }
        }
        return result
    }
}
