"""Finds or makes a Python that has packages of PyPI: the one at hand, or one in .build/peers."""

import importlib.util
import pathlib
import subprocess
import sys

HOME = pathlib.Path(__file__).resolve().parent.parent.parent / ".build" / "peers"
SECONDS = 180  # that each step of an installation may take


def python_with(name, *packages):
    """The Python that has `packages`, or None and what stands in the way."""
    if all(importlib.util.find_spec(package) for package in packages):
        return sys.executable, None
    python = HOME / "bin" / "python3"
    imports = f"import {', '.join(packages)}"
    if python.exists() and subprocess.run([python, "-c", imports], capture_output=True).returncode == 0:
        return python, None
    print(f"{name}: installing {' '.join(packages)} into .build/peers", file=sys.stderr)
    for command in [[sys.executable, "-m", "venv", HOME], [python, "-m", "pip", "install", "--quiet", *packages]]:
        try:
            ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            return None, str(error)
        if ran.returncode != 0:
            return None, (ran.stderr.strip().splitlines() or ["no reason given"])[-1]
    return python, None
