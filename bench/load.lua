-- Sends a different query with each request, and prints the figures as JSON. Environment: QUERIES, a file of paths (one a
-- line), and FROM, the line to begin with: runs on one server take different parts, so that nothing can come from a cache.

local paths, following = {}, 0

function init()
    for line in io.lines(os.getenv("QUERIES")) do paths[#paths + 1] = line end
    following = tonumber(os.getenv("FROM") or "0") % #paths
end

function request()
    following = following % #paths + 1
    return wrk.format("GET", paths[following])
end

function done(summary, latency)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format(
        '\n{"requests": %d, "failed": %d, "seconds": %.4f, "p50": %.4f, "p99": %.4f}\n',
        summary.requests, failed, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
