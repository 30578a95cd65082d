-- Sends the requests of a file in their order, from the first again after the last: method, path, headers
-- (`Name: value`) and a body, which is JSON, separated by tabs.
-- usage: wrk … -s requests.lua URL -- FILE

local requests = {}

function init(arguments)
    for line in io.lines(arguments[1]) do
        local words = {}
        for word in line:gmatch("[^\t]+") do words[#words + 1] = word end
        local headers, body = {}, nil
        for index = 3, #words do
            if words[index]:sub(1, 1) == "{" then
                body = words[index]
            else
                local name, value = words[index]:match("^([^:]+): (.*)$")
                headers[name] = value
            end
        end
        requests[#requests + 1] = wrk.format(words[1], words[2], headers, body)
    end
end

local position = 0

function request()
    position = position % #requests + 1
    return requests[position]
end

function done(summary, latency)
    io.write(string.format(
        "figures %d %d %d %d %.0f %.0f %.0f\n", summary.requests, summary.duration,
        summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
        summary.errors.status, latency:percentile(50), latency:percentile(99), latency.max))
end
