# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what each comment of a Word file marks and its first words, and which members differ from those of another one."""
import sys
import zipfile
import xml.etree.ElementTree as tree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
made, draft = zipfile.ZipFile(sys.argv[1]), zipfile.ZipFile(sys.argv[2])
heads = {}
for comment in tree.fromstring(made.read("word/comments.xml")):
    heads[comment.get(W + "id")] = "".join(text.text for text in comment[0].iter(W + "t"))
marked, order, referred = {}, [], set()
for node in tree.fromstring(made.read("word/document.xml")).iter():
    if node.tag == W + "commentRangeStart":
        order.append(node.get(W + "id"))
        marked[order[-1]] = [True, ""]
    elif node.tag == W + "commentRangeEnd":
        marked[node.get(W + "id")][0] = False
    elif node.tag == W + "commentReference":
        referred.add(node.get(W + "id"))
    elif node.tag == W + "t":
        for mark in marked.values():
            if mark[0]:
                mark[1] += node.text or ""
for name in order:
    print(f"[{marked[name][1]}]", heads[name].split(":")[0])
assert referred == set(order) == set(heads) and not any(mark[0] for mark in marked.values())
names = draft.namelist()
assert made.namelist()[:len(names)] == names
print("new:", *made.namelist()[len(names):])
print("changed:", *(name for name in names if made.read(name) != draft.read(name)))
