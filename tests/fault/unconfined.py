#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""On a kernel without Landlock, or without system call filters, everything is read and found as ever; one line says what is missing, the evidence file keeps it,
and --require-sandbox refuses. A filter of this test's own plays the old kernel.

unconfined.py CITABLE CORPUS"""
import ctypes
import errno
import json
import platform
import struct
import sys

from common import Place, answers, check, dump

PR_SET_NO_NEW_PRIVS, PR_GET_SECCOMP, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 21, 22, 2
LANDLOCK_CREATE_RULESET = 444  # the same on every architecture
PRCTL = {"x86_64": 157, "aarch64": 167}.get(platform.machine())
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
INGEST = ("ingest", "--ocr", "never", "docs")


def lacking(*refused):
    """For a new process: from now on each call (number, its first argument or None) is refused as by a kernel that does not know it."""
    steps = []
    for call, argument, error in refused:
        steps.append((0x20, 0, 0, 0))                                      # the call's number
        steps.append((0x15, 0, 1 if argument is None else 3, call))        # another one: on
        if argument is not None:
            steps.append((0x20, 0, 0, 16))                                 # its first argument
            steps.append((0x15, 0, 1, argument))
        steps.append((0x06, 0, 0, REFUSE | error))
    steps.append((0x06, 0, 0, ALLOW))
    code = b"".join(struct.pack("HBBI", *step) for step in steps)

    def install():
        libc = ctypes.CDLL(None, use_errno=True)
        buffer = ctypes.create_string_buffer(code)
        program = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(buffer))
        if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.create_string_buffer(program), 0, 0):
            raise OSError(ctypes.get_errno(), "no filter")
    return install


def main():
    if not PRCTL:
        print("this machine's system calls are not known here")
        return
    with Place(sys.argv[1], sys.argv[2]) as place:
        place.run(*INGEST, db="whole")
        want, found = dump(place.db("whole")), answers(place, "whole")
        kernels = {"no Landlock": lacking((LANDLOCK_CREATE_RULESET, None, errno.ENOSYS)),
                   "Landlock that is switched off": lacking((LANDLOCK_CREATE_RULESET, None, errno.EOPNOTSUPP)),
                   "no filter": lacking((PRCTL, PR_GET_SECCOMP, errno.EINVAL), (PRCTL, PR_SET_SECCOMP, errno.EINVAL)),
                   "neither": lacking((LANDLOCK_CREATE_RULESET, None, errno.ENOSYS), (PRCTL, PR_GET_SECCOMP, errno.EINVAL), (PRCTL, PR_SET_SECCOMP, errno.EINVAL))}
        words = {"no Landlock": "no Landlock:", "Landlock that is switched off": "no Landlock:", "no filter": "no system call filter:", "neither": "no Landlock and no system call filter:"}
        for number, (name, kernel) in enumerate(kernels.items()):
            db = f"old{number}"
            run = place.run(*INGEST, db=db, preexec_fn=kernel)
            said = [line for line in run.stderr.decode().splitlines() if "confine" in line]
            check(run.returncode == 0 and len(said) == 1 and words[name] in said[0], f"{name}: {run.returncode} {run.stderr.decode()}")
            check(dump(place.db(db)) == want and answers(place, db) == found, f"{name}: something else was read")
            status = [json.loads(line) for line in place.run("status", "--format", "jsonl", db=db).stdout.decode().splitlines()]
            check(any(words[name] in str(record) for record in status), f"{name}: the evidence file does not keep it: {status[0]}")
            check(words[name] in place.run("status", db=db).stdout.decode(), f"{name}: status does not say it")
            refused = place.run(*INGEST, "--require-sandbox", "--again", db=db, preexec_fn=kernel)
            check(refused.returncode not in (0, 3) and "--require-sandbox refuses" in refused.stderr.decode(), f"{name}: --require-sandbox: {refused.returncode} {refused.stderr.decode()}")
            check(dump(place.db(db)) == want, f"{name}: --require-sandbox changed the evidence file")
        run = place.run(*INGEST, db="old0")  # a kernel that has all again
        here = place.run("ingest", "--require-sandbox", "docs", db="whole").returncode == 0
        check(not here or "confine" not in place.run("status", db="old0").stdout.decode(), "what is no longer so is still said")
    print(f"read as ever on {len(kernels)} kernels that confine less, each says so; this one {'confines fully' if here else 'confines less itself'}")


main()
