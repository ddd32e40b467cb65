#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pack (citable export --bag) is whole or not there: its manifests name every file and nothing else, and hold the right hashes; the same
evidence makes the same bytes; a folder with anything in it is refused; when a write fails, nothing is left.

    bag.py CITABLE CORPUS-DOCUMENTS"""
import hashlib, json, os, pathlib, re, resource, shutil, signal, subprocess, sys, tempfile

from common import UNCOUNTED

citable, corpus = os.path.realpath(sys.argv[1]), sys.argv[2]
failures = []


def check(good, what):
    if not good:
        failures.append(what)
        print(f"FAILED: {what}")


def run(*arguments, limit=None):
    def limited():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write over the limit fails instead of ending the program
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return subprocess.run([citable, *map(str, arguments)], capture_output=True, text=True, preexec_fn=limited if limit else None,
                          env={**os.environ, **(UNCOUNTED if limit else {})})


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest(content):
    return dict(reversed(line.split("  ", 1)) for line in content.decode().splitlines())


def validate(folder, what):
    """As RFC 8493 says, with nothing of citable's own."""
    content = files(folder)
    check(content.get("bagit.txt") == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", f"{what}: bagit.txt")
    payload = {name: data for name, data in content.items() if name.startswith("data/")}
    check(manifest(content["manifest-sha256.txt"]) == {name: hashlib.sha256(data).hexdigest() for name, data in payload.items()}, f"{what}: manifest")
    tags = {name: data for name, data in content.items() if "/" not in name and name != "tagmanifest-sha256.txt"}
    check(manifest(content["tagmanifest-sha256.txt"]) == {name: hashlib.sha256(data).hexdigest() for name, data in tags.items()}, f"{what}: tag manifest")
    oxum = re.search(rb"^Payload-Oxum: (\d+)\.(\d+)$", content["bag-info.txt"], re.MULTILINE)
    check(oxum and (int(oxum[1]), int(oxum[2])) == (sum(map(len, payload.values())), len(payload)), f"{what}: Payload-Oxum")
    return content


def main(folder):
    documents = folder / "documents"
    shutil.copytree(corpus, documents)
    (folder / "leaks").write_text("leak:libfontconfig\n")  # it keeps what it found out about fonts; sanitized builds would call that a leak of ours
    os.environ["LSAN_OPTIONS"] = f"suppressions={folder / 'leaks'}:print_suppressions=0"
    os.environ["CITABLE_DB"] = str(folder / "evidence.citable")
    run("ingest", documents)
    packs = folder / "packs"
    packs.mkdir()

    (packs / "one").mkdir()  # an empty folder may be there
    result = run("export", "--bag", packs / "one", "--place", "HN")
    check(result.returncode == 0 and not result.stdout and not result.stderr, f"a pack: {result}")
    content = validate(packs / "one", "a pack")
    rows = [json.loads(line) for line in content["data/documents.jsonl"].splitlines()]
    figures = [json.loads(line) for line in content["data/figures.jsonl"].splitlines()]
    check({row["sha256"] for row in rows} == {figure["sha256"] for figure in figures}, "every document of a figure is listed")
    for row in rows:
        check(content.get(f"data/{row['copy']}") == (documents / pathlib.Path(row["file"]).name).read_bytes(), f"{row['file']}: its copy")
    for figure in figures:
        if figure["file"].endswith(".pdf"):
            check(content.get(f"data/pages/{figure['id'].split('#')[0]}.png", b"")[:8] == b"\x89PNG\r\n\x1a\n", f"{figure['id']}: a picture of its page")
    check(all(name in content for name in ("data/facts.md", "data/references.json", "data/references.bib", "data/annotations.json")), "sheet and references")

    run("export", "--bag", packs / "two", "--place", "HN")
    check(files(packs / "one") == files(packs / "two"), "the same evidence makes the same bytes")
    result = run("export", "--bag", packs / "two", "--place", "HN")
    check(result.returncode == 2 and "not empty" in result.stderr, "a folder with something in it is refused")
    check(files(packs / "one") == files(packs / "two"), "and stays as it was")
    result = run("export", "--bag", packs / "hashes", "--without-documents", "--place", "HN")
    lean = validate(packs / "hashes", "without documents")
    check(result.returncode == 0 and not any(name.startswith("data/documents/") for name in lean) and b'"file_sha256"' in lean["data/documents.jsonl"], "hashes alone")

    before = sorted(os.listdir(packs))
    for limit in (100, 5000, 40000):  # bytes that a file may have: fails at the first exports, at copies, at pictures
        result = run("export", "--bag", packs / "none", "--place", "HN", limit=limit)
        check(result.returncode == 3 and "cannot be written" in result.stderr and result.stderr.count("\n") == 1, f"files of {limit} bytes at most: {result}")
        check(sorted(os.listdir(packs)) == before, f"nothing is left behind: {os.listdir(packs)}")
    (packs / "file").write_text("x")
    check(run("export", "--bag", packs / "file" / "pack").returncode in (2, 3), "a place that cannot be written")
    check(run("export", "--bag", packs / "file").returncode == 2, "a file is no folder")

    (documents / "border-brief.pdf").write_bytes((documents / "border-brief.pdf").read_bytes() + b"\n")
    (documents / "homicide-note.txt").unlink()
    result = run("export", "--bag", packs / "changed", "--place", "HN")
    check(result.returncode == 3 and "has changed" in result.stderr and "homicide-note.txt" in result.stderr, f"what is missing is named: {result}")
    reasons = {pathlib.Path(row["file"]).name: row for row in map(json.loads, validate(packs / "changed", "changed")["data/documents.jsonl"].splitlines())}
    check(reasons["border-brief.pdf"]["copy"] is None and "changed" in reasons["border-brief.pdf"]["reason"], "and listed in the pack")


with tempfile.TemporaryDirectory(prefix="citable-bag-") as name:
    main(pathlib.Path(name))
sys.exit(1 if failures else 0)
