"""Times one step in Python as Benchmarks/FrameSteps does in Swift, and prints the same JSON."""

import gc
import json
import sys
import time

# Tasks whose rows come in no order that was asked for: their checksums leave it out.
UNORDERED = {"join"}


def arguments():
    _, data, customers, task, rounds, scratch = sys.argv
    return data, customers, task, int(rounds), scratch


def resident(name):
    """A line of /proc/self/status in bytes; 0 where there is none."""
    try:
        with open("/proc/self/status", encoding="ascii") as lines:
            return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)
    except OSError:
        return 0


def run(step, rounds, check, before=lambda: None):
    """`check` gives the rows and the checksums of the last result, `before` runs before each round and is not timed."""
    try:
        with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
            file.write("5")  # what reading the data took is not to be seen in the peak
    except OSError:
        pass
    memory = resident("VmRSS:")
    seconds, processor, result = [], [], None
    for _ in range(rounds):
        result = None
        before()
        gc.collect()
        start, used = time.perf_counter(), time.process_time()
        result = step()
        seconds.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    peak = resident("VmHWM:")
    rows, checks = (0, []) if result is None else check(result)
    print(json.dumps({"seconds": seconds, "cpu": processor, "rows": rows, "checks": checks, "before": memory, "peak": peak}))
