#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is what README.md and the manual page show true? Every command in them is run over the sample evidence.

  ```console blocks of README.md   a line "$ citable …" is run, and must print what stands below it
  its blocks of commands           each "citable …" is run; what it prints is not looked at, but it must be understood and come to an end (status 0, or 1 = the answer is no)
  EXAMPLES of docs/man/citable.1   the same

Names that stand for a reader's own files and ids are given to files and ids of the sample evidence (STAND_INS).

readme.py CITABLE CORPUS [--accept]     --accept writes what the commands print into README.md, for review in the diff
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

STAND_INS = {  # files: made before anything is run
    'reports': '.', 'report.pdf': 'displacement-review.pdf', 'report-2014.pdf': 'border-brief.pdf', 'report-2015.pdf': 'displacement-review.pdf', 'draft.docx': 'field-summary.docx',
}
IDS = [('a1c94e.3.2', '4a1985.1.10'), ('a1c94e', '4a1985')]  # the longer first
COLUMNS = re.compile(r'\s{2,}')  # parts a command from what is said of it


def run(program, folder, command):
    environment = {k: v for k, v in os.environ.items() if not k.startswith('CITABLE_')}
    environment.update(NO_COLOR='1', LC_ALL='C.UTF-8', TZ='UTC', citable=program)
    line = re.sub(r'^citable\b', '"$citable"', command)
    done = subprocess.run(['sh', '-c', line], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    return done.returncode, done.stdout.decode('utf-8', 'replace')


def blocks(text):
    """(language, start, end) of the lines inside each fence."""
    start = None
    for i, line in enumerate(text):
        if not line.startswith('```'):
            continue
        if start is None:
            language, start = line[3:].strip(), i + 1
        else:
            yield language, start, i
            start = None


def console(text, start, end):
    """(command, first line of what it prints, end of it)."""
    at = [i for i in range(start, end) if text[i].startswith('$ ')]
    for i, j in zip(at, at[1:] + [end]):
        yield text[i][2:], i + 1, j


def manual_examples(path):
    inside = False
    for line in open(path, encoding='utf-8'):
        if line.startswith('.Sh '):
            inside = line.strip() == '.Sh EXAMPLES'
        elif inside and line.startswith('.Dl '):
            yield line[4:].strip().replace('\\(dq', '"').replace('\\-', '-')


def with_ids(command):
    for shown, real in IDS:
        command = command.replace(shown, real)
    return command


def check_console(program, folder, text):
    """What is shown and not true; the lines as they would be."""
    wrong, new = [], list(text)
    for language, start, end in reversed(list(blocks(text))):
        if language != 'console':
            continue
        shown = []
        for command, first, last in console(text, start, end):
            _, out = run(program, folder, command)
            printed = out.rstrip('\n').split('\n')
            expected = '\n'.join(text[first:last]).rstrip('\n').split('\n')
            if printed != expected:
                wrong.append(f'{command}\n  shown:   ' + '\n           '.join(expected) + '\n  printed: ' + '\n           '.join(printed))
            shown += ['$ ' + command] + printed + ['']
        new[start:end] = shown[:-1]
    return wrong, new


def main():
    program, corpus = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    root = os.path.dirname(corpus)
    readme = os.path.join(root, 'README.md')
    text = open(readme, encoding='utf-8').read().split('\n')
    folder = tempfile.mkdtemp()
    try:
        os.symlink(corpus, os.path.join(folder, 'corpus'))
        wrong, new = check_console(program, folder, text)
        if '--accept' in sys.argv:
            open(readme, 'w', encoding='utf-8').write('\n'.join(new))
            return 0
        for name, real in STAND_INS.items():
            os.symlink(os.path.join(corpus, 'documents', real), os.path.join(folder, name))
        run(program, folder, 'citable cite 4a1985.1.10#1 --style csl-json > citations.json')
        commands = [COLUMNS.split(text[i])[0] for language, start, end in blocks(text) if not language for i in range(start, end) if text[i].startswith('citable ')]
        commands += manual_examples(os.path.join(root, 'docs', 'man', 'citable.1'))
        for command in commands:
            status, out = run(program, folder, with_ids(command))
            if status not in (0, 1):
                wrong.append(f'{command}\n  status {status}: {out.strip()}')
        if len(commands) < 10:
            wrong.append(f'only {len(commands)} commands found: do the blocks look as this test expects?')
        for one in wrong:
            print('not true:', one)
        if wrong:
            print('Where the program is right: tests/readme.py CITABLE corpus --accept writes README.md anew, for review in the diff')
        print(f'{len(commands)} commands of README.md and the manual page run')
        return 1 if wrong else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
