import subprocess
import sys

import pytest

from collectors.programs import INTERPRETERS, program_of


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["/bin/sleep", "9"], "sleep"),
        ([sys.executable, "{folder}/Notes.py"], "notes"),
        ([sys.executable, "-W", "error", "{folder}/notes.py", "-c"], "notes"),
        ([sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "0"], "server"),
        ([sys.executable, "-c", "import time; time.sleep(9)"], "python"),
        (["/bin/sh", "-e", "-c", "read nothing"], None),
    ],
)
def test_a_program_is_named_and_a_script_instead_of_its_interpreter(tmp_path, until, words, name):
    for script in ("Notes.py", "notes.py"):
        (tmp_path / script).write_text("import time; time.sleep(9)")
    words = [word.format(folder=tmp_path) for word in words]
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)
    try:
        until(lambda: program_of(child.pid) in ({name} if name else INTERPRETERS))
    finally:
        child.kill()
        child.communicate()
    assert program_of(child.pid) is None
