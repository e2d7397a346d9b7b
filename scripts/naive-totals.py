"""Self and total time of each function of .cpuprofile files, worked out the slow way: every sample becomes its stack.

Writes `<file>.totals.json` beside each: [name, url, line, column, self µs, total µs] per function, times of the samples
from each one's own time to the next one's, the last one's until the end.
"""
import json
import sys
from collections import defaultdict

for path in sys.argv[1:]:
    with open(path) as file:
        profile = json.load(file)
    nodes = {node["id"]: node for node in profile["nodes"]}
    parents = {child: node["id"] for node in profile["nodes"] for child in node.get("children", [])}

    def key(node_id):
        frame = nodes[node_id]["callFrame"]
        place = [frame["lineNumber"] + 1, frame["columnNumber"] + 1]
        return (frame["functionName"], frame["url"], *[max(0, number) for number in place])

    time = profile["startTime"]
    samples = []
    for sample, delta in zip(profile["samples"], profile["timeDeltas"]):
        time += delta
        samples.append((time, sample))
    samples.sort(key=lambda sample: sample[0])
    ends = [start for start, _ in samples[1:]] + [profile["endTime"]]

    own, total = defaultdict(int), defaultdict(int)
    for (start, leaf), end in zip(samples, ends):
        stack, node = [], leaf
        while node is not None:
            stack.append(key(node))
            node = parents.get(node)
        own[stack[0]] += max(0, end - start)
        for function in set(stack):
            total[function] += max(0, end - start)
    rows = [[*function, own[function], total[function]] for function in sorted(total) if total[function] > 0]
    with open(path.replace(".cpuprofile", ".totals.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")
