"""What simdjson makes of the same documents: columns of types known beforehand, from bytes in memory, on one thread."""

import json
import shutil
import subprocess

import timing
from decoding import documents


class Ceiling:
    """The program of `shared`, which is built where it can be; else `reason` tells why there is none."""

    def __init__(self, shared):
        source, self.binary, self.reason = shared / "limits.cpp", timing.SCRATCH / "limits", None
        if not source.exists():
            self.reason = f"there is no {shared.name}/limits.cpp"
        elif not shutil.which("g++"):
            self.reason = "there is no g++"
        elif not self.binary.exists() or self.binary.stat().st_mtime < source.stat().st_mtime:
            command = ["g++", "-O3", "-march=native", "-std=c++17", source, "-lsimdjson", "-o", self.binary]
            built = subprocess.run(command, capture_output=True, text=True)
            if built.returncode != 0:
                self.reason = "limits.cpp could not be compiled (Debian: libsimdjson-dev)"

    def measure(self, folder, rows):
        """For each form the least seconds on the clock and on the processor, of five."""
        scratch = timing.SCRATCH / "limits.tmp"
        ran = subprocess.run([self.binary, folder, documents.label(rows), scratch], stdout=subprocess.PIPE, text=True)
        scratch.unlink(missing_ok=True)
        if ran.returncode != 0:
            raise timing.Failed(f"limits ended with the status {ran.returncode}")
        said = {line["task"]: line for line in map(json.loads, ran.stdout.splitlines())}
        shapes = {form: said[f"simdjson_to_columns_{stem[-1]}"] for form, (_, stem) in documents.FORMS.items()}
        return {form: (line["seconds"], line["cpu_seconds"]) for form, line in shapes.items()}
