"""The documents that are decoded: answers of services as lists of values and as objects, made once."""

import importlib.util
import subprocess
import sys

import timing

# Each form's layout as Benchmarks/Decode calls it, and how its documents are called.
FORMS = {"lists": ("toolkit", "shape_a"), "objects": ("polytomic", "shape_b")}
NEEDED = ["numpy", "orjson", "pyarrow"]


class Documents:
    """Where the documents are: those of the generator in `shared`, where it can run, or else those of make-results."""

    def __init__(self, shared):
        self.generator = shared / "gen.py"
        lacking = [name for name in NEEDED if not importlib.util.find_spec(name)]
        if not self.generator.exists():
            self.generator, self.maker = None, f"make-results, as there is no {shared.name}/gen.py"
        elif lacking:
            self.generator, self.maker = None, f"make-results, as gen.py needs {', '.join(lacking)}"
        else:
            self.maker = f"{shared.name}/gen.py"
        self.folder = timing.SCRATCH / ("shapes" if self.generator else "answers")

    def path(self, form, rows):
        """The document of so many rows."""
        layout, stem = FORMS[form]
        made = self.folder / f"{stem}_{label(rows)}.json"
        if not made.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            print(f"making documents of {rows:,} rows", file=sys.stderr)
            if self.generator:
                self.generate(rows)
            else:
                write(made, layout, rows)
        return made

    def generate(self, rows):
        """Both forms of so many rows; what else the generator writes is not kept."""
        unfinished = self.folder / "unfinished"
        subprocess.run([sys.executable, self.generator, "--out", unfinished, "--rows", label(rows)], stdout=sys.stderr, check=True)
        for _, stem in FORMS.values():
            (unfinished / f"{stem}_{label(rows)}.json").rename(self.folder / f"{stem}_{label(rows)}.json")
        subprocess.run(["rm", "-r", unfinished], check=True)


def label(rows):
    """100000 as `100k`, 1000000 as `1m`."""
    return f"{rows // 1_000_000}m" if rows % 1_000_000 == 0 else f"{rows / 1000:g}k"


def write(made, layout, rows):
    unfinished = made.with_suffix(".new")
    with open(timing.make(rows), "rb") as source, open(unfinished, "wb") as file:
        subprocess.run([sys.executable, timing.ROOT / "Benchmarks" / "make-results", layout], stdin=source, stdout=file, check=True)
    unfinished.rename(made)
