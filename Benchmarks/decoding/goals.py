"""What is asked of decoding, and how far it is reached: the worst of all documents counts."""


class Reached:
    """Collects figures as they are measured; `lines` is the table of goals."""

    def __init__(self):
        self.figures = {}
        self.speeds = {}

    def note(self, goal, value, of):
        self.figures.setdefault(goal, []).append((value, of))

    def decoded(self, found, limit, form, rows, size):
        """`found` are the programs by name, those of qs by their threads."""
        of = f"{rows:,} {form}"
        peers = [program for name, program in found.items() if not isinstance(name, int) and program.figures]
        for threads in (1, 2):
            ours = found[threads]
            if peers:
                self.note(("peers", threads), min(program.ratio(ours) for program in peers), of)
            self.note(("memory", threads), ours.memory / ours.frame, of)
            self.speeds[form, threads, rows] = size / ours.median("cpu")
        if limit:
            self.note("simdjson", found[1].best("cpu") / limit[1], of)

    def fetched(self, times, of):
        for link, ratio in times.items():
            self.note(("http", link), ratio, of)

    def lines(self):
        yield "| goal | reached |"
        yield "|---|---|"
        for threads, least in ((1, 3), (2, 5)):
            name = "one thread" if threads == 1 else "two threads"
            yield from self.line(("peers", threads), f"{name}: at least {least} times as fast as the best peer", min, "times")
        yield from self.line("simdjson", "one thread: at most 1.5 times the processor's time that simdjson takes", max, "times")
        for threads in (1, 2):
            name = "one thread" if threads == 1 else "two threads"
            yield from self.line(("memory", threads), f"{name}: memory at most twice the frame", max, "times")
        yield from self.scale()
        for link in ("1 Gbit/s", "loopback"):
            yield from self.line(("http", link), f"over HTTP, {link}: at most 1.2 times as long as curl", max, "times")

    def line(self, key, goal, worst, unit):
        if found := self.figures.get(key):
            value, of = worst(found)
            yield f"| {goal} | {value:.2f} {unit} ({of}) |"

    def scale(self):
        """The speed with the most rows beside that with a million."""
        most = max((rows for _, _, rows in self.speeds), default=0)
        found = [
            (speed / self.speeds[form, threads, 1_000_000], f"{form}, {threads} {'thread' if threads == 1 else 'threads'}")
            for (form, threads, rows), speed in self.speeds.items()
            if rows == most > 1_000_000 and (form, threads, 1_000_000) in self.speeds
        ]
        if found:
            value, of = min(found)
            yield f"| {most:,} rows like 1,000,000: bytes for each second of the processor, over the same | {value:.2f} ({of}) |"
