import subprocess
import sys

SCRIPT = """
import os, shutil, sys, tempfile
from pathlib import Path
from store import language
from store.backups import backup, copies_of, restore
from store.clock import Clock
from store.database import open_store
from store.errors import StorageTrouble

language.use("en")

def begin(folder):
    store = open_store(folder / "box" / "box.sqlite")
    store.desk().cards.create("person", {"name": "张山"})
    return store, backup(store, folder / "copy.sqlite")

if os.geteuid() == 0:
    # Root may write everywhere. Who takes its place cannot read all modules: they come first.
    with tempfile.TemporaryDirectory() as elsewhere:
        store, copy = begin(Path(elsewhere))
        store.desk().drafts.keep("todo:new", {})
        store.close()
        restore(store.path, copy, Clock())
    os.setgid(65534)
    os.setuid(65534)
folder = Path(tempfile.mkdtemp())
try:
    box = folder / "box" / "box.sqlite"
    store, copy = begin(folder)
    desk = store.desk()
    box.parent.chmod(0o555)

    def attempt(name, deed):
        try:
            deed()
        except StorageTrouble as error:
            print(name, "refused:", error)
        else:
            print(name, "done")

    attempt("draft", lambda: desk.drafts.keep("todo:new", {"text": "x"}))
    attempt("look", lambda: desk.drafts.all())
    attempt("backup", lambda: backup(store))
    store.close()
    before = box.read_bytes()
    attempt("restore", lambda: restore(box, copy, Clock()))
    assert box.read_bytes() == before
    assert copies_of(box) == []
    box.parent.chmod(0o755)
    attempt("open again", lambda: open_store(box).desk())
finally:
    box.parent.chmod(0o755)
    shutil.rmtree(folder)
"""


def test_a_read_only_folder_is_said_and_nothing_is_harmed() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert done.stderr == ""
    said = dict(line.split(" refused: ") for line in done.stdout.splitlines() if "refused" in line)
    assert said.keys() == {"draft", "backup", "restore"}
    assert "look done" in done.stdout
    assert "open again done" in done.stdout
    assert "cannot be kept safe just now (you may not do that there)" in said["draft"]
    assert "cannot be written" in said["backup"]
