"""Copies a .cpuprofile, compactly, with the paths of this machine replaced by neutral ones."""
import json
import re
import sys

source, target = sys.argv[1:]
with open(source) as file:
    profile = json.load(file)
for node in profile["nodes"]:
    frame = node["callFrame"]
    frame["url"] = re.sub(r"^file://.*/(?=[^/]+$)", "file:///project/", frame["url"])
    node.pop("positionTicks", None)
with open(target, "w") as file:
    json.dump(profile, file, separators=(",", ":"))
    file.write("\n")
