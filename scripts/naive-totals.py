"""Self and total of each function of profiles in every format that is read, worked out the slow way: every sample becomes its stack.

    naive-totals.py a.cpuprofile …         writes `a.totals.json` beside each: [name, url, line, column, self µs, total µs]
    naive-totals.py --table FILE …         prints a JSON object a file: format, unit, total, and self by function name

It shares no code with outpace, and reads protobuf itself. Times are in µs, sizes in bytes, anything else as it is counted.
A sample lasts from its own time to the next one's, the last one until the end, and none longer than that.
"""
import gzip
import json
import re
import struct
import sys
from collections import defaultdict

ANONYMOUS = {"(anonymous)", "<anonymous>", "anonymous", "(anonymous function)"}


def content_of(path):
    with open(path, "rb") as file:
        data = file.read()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


# A reader gives (unit, [(stack, weight)]); a stack has (name, url, line, column), the outermost first.


def timed(samples, end):
    """Samples of one thread, (time, stack), as stacks with how long they lasted."""
    samples.sort(key=lambda sample: sample[0])
    ends = [start for start, _ in samples[1:]] + [end]
    return [(stack, max(0, min(until, end) - start)) for (start, stack), until in zip(samples, ends)]


def frame_of(call_frame, from_zero=True):
    line, column = call_frame.get("lineNumber", -1), call_frame.get("columnNumber", -1)
    add = 1 if from_zero else 0
    return (call_frame["functionName"], call_frame.get("url", ""), max(0, line + add), max(0, column + add))


def stacks_of(frames, parents):
    known = {}

    def stack_of(node):
        path = []
        while node is not None and node not in known:
            path.append(node)
            node = parents.get(node)
        stack = known[node] if node is not None else ()
        for one in reversed(path):
            stack = stack + (frames[one],)
            known[one] = stack
        return stack

    return stack_of


def cpuprofile(profile):
    typed = isinstance(profile.get("typeId"), str)
    nodes = {node["id"]: node for node in profile["nodes"]}
    parents = {child: node["id"] for node in profile["nodes"] for child in node.get("children", [])}
    parents.update({node["id"]: node["parent"] for node in profile["nodes"] if "parent" in node})
    frames = {key: frame_of(node["callFrame"], not typed) for key, node in nodes.items()}
    stack_of = stacks_of(frames, parents)
    time, times = profile["startTime"], []
    for delta in profile.get("timeDeltas") or []:
        time += delta
        times.append(time)
    if "timeDeltas" not in profile:
        times = profile["timestamps"]
    samples = [(at, stack_of(node)) for at, node in zip(times, profile["samples"])]
    return "time", timed(samples, profile["endTime"])


def legacy(profile):
    frames, parents = {}, {}
    waiting = [(profile["head"], None)]
    while waiting:
        node, parent = waiting.pop()
        frames[node["id"]] = frame_of(node, False)
        parents[node["id"]] = parent
        waiting += [(child, node["id"]) for child in node.get("children", [])]
    stack_of = stacks_of(frames, parents)
    samples = [(at, stack_of(node)) for at, node in zip(profile["timestamps"], profile["samples"])]
    return "time", timed(samples, max(profile["timestamps"] + [profile["endTime"] * 1e6]))


def trace(events):
    """One thread a profile; a chunk belongs to the profile of its process and id."""
    starts, chunks = {}, defaultdict(list)
    for number, event in enumerate(events):
        if event.get("name") == "CpuProfile":
            # A whole profile in one event, as Chrome 66 and before wrote it.
            key = (str(event["pid"]), f"whole {number}")
            starts[key] = {**event, "args": {"data": {}}}
            profile = event["args"]["data"]["cpuProfile"]
            own = {"cpuProfile": profile, "timeDeltas": profile["timeDeltas"]}
            chunks[key].append({**own, "startTime": profile["startTime"], "endTime": profile["endTime"]})
        if "disabled-by-default-v8.cpu_profiler" not in event.get("cat", "disabled-by-default-v8.cpu_profiler") or event.get("ph") != "P":
            continue
        key = (str(event["pid"]), str(event.get("id")))
        if event["name"] == "Profile":
            starts[key] = event
        elif event["name"] == "ProfileChunk":
            chunks[key].append((event.get("args") or {}).get("data") or {})
    threads = []
    for key, start in starts.items():
        frames, parents, nodes, deltas = {}, {}, [], []
        own = (start.get("args") or {}).get("data") or {}
        parts = [own] + chunks[key]
        for part in parts:
            for node in part.get("cpuProfile", {}).get("nodes", []):
                frames[node["id"]] = frame_of(node["callFrame"])
                if "parent" in node:
                    parents[node["id"]] = node["parent"]
                for child in node.get("children", []):
                    parents[child] = node["id"]
            nodes += part.get("cpuProfile", {}).get("samples", [])
            deltas += part.get("timeDeltas", []) or part.get("cpuProfile", {}).get("timeDeltas", [])
        both = [part for part in parts + [part.get("cpuProfile", {}) for part in parts] if part.get("endTime")]
        begin = next((part["startTime"] for part in both if part.get("startTime")), own.get("startTime", 0))
        ends = [part["endTime"] for part in both]
        stack_of, time, samples = stacks_of(frames, parents), begin, []
        root = [node for node in frames if node not in parents]
        if not root:  # the beginning of its tree is lost
            continue
        for node, delta in zip(nodes, deltas):
            time += delta
            try:
                samples.append((time, stack_of(node)))
            except KeyError:  # part of its tree is lost
                samples.append((time, (frames[root[0]],)))
        if samples:
            end = ends[-1] if ends else max(at for at, _ in samples)
            threads.append(((start["pid"], start["tid"]), begin, end, timed(samples, end)))
    weighed, kept = [], []
    for thread, begin, end, stacks in sorted(threads, key=lambda one: one[1] - one[2]):
        # A thread that is recorded twice at once counts once.
        if not any(other == thread and start < end and begin < until for other, start, until in kept):
            kept.append((thread, begin, end))
            weighed += stacks
    return "time", weighed


def folded(text):
    weighed = []
    for line in text.splitlines():
        line = line.strip()
        found = re.match(r"(.*\S)\s+(\d+(?:\.\d+)?)$", line)
        if found and not line.startswith("#"):
            stack, count = found.groups()
            weighed.append((tuple((label_name(label.strip()), label, 0, 0) for label in stack.split(";")), float(count)))
    return "samples", weighed


def label_name(label):
    found = re.match(r"^(.*) \((.+?):(\d+)(?::\d+)?\)$", label, re.S) or re.match(
        r"^(?:JS|LazyCompile|Function|Eval|Script|Builtin|RegExp):[*~^+`'-]?(\S*) (.+?):(\d+)(?::\d+)?$", label
    )
    return found.group(1) if found else label


UNITS = {
    **dict.fromkeys(["nanoseconds", "nanosecond", "ns"], ("time", 1e-3)),
    **dict.fromkeys(["microseconds", "microsecond", "us"], ("time", 1)),
    **dict.fromkeys(["milliseconds", "millisecond", "ms"], ("time", 1e3)),
    **dict.fromkeys(["seconds", "second", "s"], ("time", 1e6)),
    **dict.fromkeys(["bytes", "byte"], ("bytes", 1)),
    "kilobytes": ("bytes", 1024), "megabytes": ("bytes", 1024**2), "gigabytes": ("bytes", 1024**3),
    "none": ("samples", 1),
}


def speedscope(document):
    names = [(frame["name"], frame.get("file", ""), frame.get("line", 0), frame.get("col", 0)) for frame in document["shared"]["frames"]]
    active = document["profiles"][document.get("activeProfileIndex") or 0]
    unit = UNITS[active["unit"]][0]
    root, weighed = ("(root)", "", 0, 0), []
    for profile in document["profiles"]:
        if UNITS[profile["unit"]][0] != unit:
            continue
        scale, begun = UNITS[profile["unit"]][1], False
        if profile["type"] == "sampled":
            for stack, weight in zip(profile["samples"], profile["weights"]):
                begun = begun or len(stack) > 0
                if begun:
                    weighed.append(((root, *[names[frame] for frame in stack]), weight * scale))
            continue
        stack, at = [], 0
        for event in profile["events"] + [{"type": "end", "at": profile["endValue"]}]:
            if begun and event["at"] > at:
                weighed.append(((root, *stack), (event["at"] - at) * scale))
            begun, at = True, event["at"]
            if event["type"] == "O":
                stack.append(names[event["frame"]])
            elif event["type"] == "C":
                stack.pop()
    return unit, weighed


def heap_profile(document):
    weighed, waiting = [], [(document["head"], ())]
    while waiting:
        node, above = waiting.pop()
        stack = above + (frame_of(node["callFrame"]),)
        weighed.append((stack, node["selfSize"]))
        waiting += [(child, stack) for child in node.get("children", [])]
    return "bytes", weighed


def fields(data):
    """The fields of a protobuf message: (number, value)."""
    at = 0

    def varint():
        nonlocal at
        value, shift = 0, 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        tag = varint()
        if tag & 7 == 0:
            value = varint()
        elif tag & 7 == 1:
            value, at = struct.unpack_from("<Q", data, at)[0], at + 8
        elif tag & 7 == 5:
            value, at = struct.unpack_from("<I", data, at)[0], at + 4
        elif tag & 7 == 2:
            length = varint()
            value, at = data[at : at + length], at + length
        else:
            raise ValueError("not protobuf")
        yield tag >> 3, value


def numbers(value):
    """A repeated integer, packed or not."""
    if isinstance(value, int):
        return [value]
    found, number, shift = [], 0, 0
    for byte in value:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            found.append(number)
            number, shift = 0, 0
    return found


def signed(number):
    return number - (1 << 64) if number >= 1 << 63 else number


def pprof(data):
    types, samples, locations, functions, mappings, texts = [], [], {}, {}, {}, []
    default, period, period_type = 0, 0, {}
    for number, value in fields(data):
        if number == 1:
            types.append(dict(fields(value)))
        elif number == 2:
            samples.append(list(fields(value)))
        elif number == 3:
            mapping = dict(fields(value))
            mappings[mapping[1]] = mapping
        elif number == 4:
            parts = list(fields(value))
            location = dict(parts)
            location["lines"] = [dict(fields(part)) for tag, part in parts if tag == 4]
            locations[location.get(1, 0)] = location
        elif number == 5:
            function = dict(fields(value))
            functions[function.get(1, 0)] = function
        elif number == 6:
            texts.append(value.decode("utf-8", "replace"))
        elif number == 11:
            period_type = dict(fields(value))
        elif number == 12:
            period = value
        elif number == 14:
            default = value
    named = [(texts[one.get(1, 0)], texts[one.get(2, 0)]) for one in types]
    unit_of = lambda index: UNITS.get(named[index][1].lower())
    times = [index for index in range(len(named)) if unit_of(index) and unit_of(index)[0] == "time"]
    by_name = lambda name: [index for index in times if named[index][0] == name][:1]
    wanted = [index for index, (name, _) in enumerate(named) if default and name == texts[default]][:1]
    chosen = (wanted or by_name("cpu") or by_name("wall") or times[-1:] or [len(named) - 1])[0]
    unit, scale = unit_of(chosen) or (named[chosen][0], 1)
    if named[chosen][0] in ("sample", "samples", "event", "events", "") and not unit_of(chosen):
        unit = "samples"
        every = UNITS.get(texts[period_type.get(2, 0)])
        if every and every[0] == "time" and period:
            unit, scale = "time", period * every[1]

    def frames_of(key):
        location = locations.get(key, {"lines": []})
        known = [functions.get(line.get(1, 0)) for line in location["lines"]]
        if not known or None in known:
            module = texts[mappings.get(location.get(3, 0), {}).get(5, 0)]
            name = hex(location[2]) if location.get(2) else "(unknown)"
            place = [(name + (f" in {module.split('/')[-1]}" if module else ""), "", 0, 0)]
            known = known or [None]
        return [
            (texts[one.get(2, 0)] or texts[one.get(3, 0)], texts[one.get(4, 0)], one.get(5, 0), 0) if one else place[0]
            for one in reversed(known)
        ]

    weighed = []
    for sample in samples:
        keys = [key for tag, value in sample if tag == 1 for key in numbers(value)]
        values = [signed(one) for tag, value in sample if tag == 2 for one in numbers(value)]
        weighed.append((tuple(frame for key in reversed(keys) for frame in frames_of(key)), values[chosen] * scale))
    return unit, weighed


def read(path):
    data = content_of(path)
    text = data.decode("utf-8-sig", "replace")
    if text.lstrip()[:1] not in ("{", "["):
        if re.search(r"[\0-\x08\x0e-\x1a]", text[:4096]):
            return ("pprof", *pprof(data))
        return ("folded", *folded(text))
    try:
        document = json.loads(text)
    except ValueError:
        # The list of a trace may be left open.
        document = json.loads(text.rstrip().rstrip(",") + "]")
    if isinstance(document, list) or "traceEvents" in document:
        return ("trace", *trace(document if isinstance(document, list) else document["traceEvents"]))
    if "shared" in document:
        return ("speedscope", *speedscope(document))
    if "head" in document:
        nested = "callFrame" in document["head"]
        return ("heapprofile", *heap_profile(document)) if nested else ("legacy", *legacy(document))
    return ("cpuprofile", *cpuprofile(document))


def totals(weighed):
    own, total = defaultdict(float), defaultdict(float)
    for stack, weight in weighed:
        if weight:
            stack = stack or (("(root)", "", 0, 0),)
            own[stack[-1]] += weight
            for function in set(stack):
                total[function] += weight
    return own, total


def table(paths):
    for path in paths:
        try:
            kind, unit, weighed = read(path)
        except Exception as error:  # whatever is wrong with a file
            print(json.dumps({"file": path, "error": f"{type(error).__name__}: {error}"}))
            continue
        own, names = totals(weighed)[0], defaultdict(float)
        for (name, *_), weight in own.items():
            names["" if name in ANONYMOUS else name] += weight
        print(json.dumps({"file": path, "format": kind, "unit": unit, "total": sum(weight for _, weight in weighed), "self": names}))


def write_totals(path):
    with open(path) as file:
        own, total = totals(cpuprofile(json.load(file))[1])
    whole = lambda value: int(value) if value == int(value) else value
    rows = [[*function, whole(own[function]), whole(total[function])] for function in sorted(total)]
    with open(path.replace(".cpuprofile", ".totals.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--table"]:
        table(sys.argv[2:])
    else:
        for path in sys.argv[1:]:
            write_totals(path)
