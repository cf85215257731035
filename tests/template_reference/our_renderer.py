"""Renders a case of the corpus with the product's template language, in a process that lives as long as this object."""

import json
import os
import pathlib
import select
import subprocess

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
PASSED_ON = ("template", "context", "templates", "language", "escape", "now", "time_zone")
PATIENCE = 30  # seconds for one case


class Failure:
    """A template that could not be parsed or rendered."""

    def __init__(self, answer):
        self.sentence, self.line, self.column = answer["error"], answer["line"], answer["column"]

    def __str__(self):
        return f"{self.line}:{self.column}: {self.sentence}"


class Ours:
    """`render(case)` gives the text, or a Failure. A crash or a hang ends the program with the case."""

    def __init__(self):
        program = os.environ.get("RENDER_CASES", SOURCE / "build/dev/tests/render_cases")
        if not os.access(program, os.X_OK):
            raise SystemExit(f"error: {program} is not there\nhint: cmake --build build/dev --target render_cases, or "
                             "name another one in the environment variable RENDER_CASES")
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def render(self, case):
        line = json.dumps({key: case[key] for key in PASSED_ON})
        try:
            self.process.stdin.write(line.encode() + b"\n")
            self.process.stdin.flush()
            ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
            answer = self.process.stdout.readline() if ready else b""
        except BrokenPipeError:
            answer = b""
        if not answer:
            self.process.kill()
            raise SystemExit(f"error: render_cases crashed or took more than {PATIENCE} s\nhint: the case is {line}")
        answer = json.loads(answer)
        return answer["output"] if "output" in answer else Failure(answer)
