#!/usr/bin/env python3
"""Says what is in an xlsx file, by nothing but the standard library's zip and XML: another reader than what wrote it.

    workbook.py FILE    prints a line for each sheet, each width of a column, each pane and each cell
"""

import re
import sys
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BUILT_IN = {0: "General", 1: "0", 2: "0.00"}


def text_of(element):
    """The text of a string, with the characters that the format writes as _xHHHH_."""
    text = "".join(part.text or "" for part in element.iter(MAIN + "t"))
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def styles_of(book):
    """Each style as the pattern of its numbers and whether it is bold."""
    root = tree.fromstring(book.read("xl/styles.xml"))
    patterns = dict(BUILT_IN)
    patterns.update({int(item.get("numFmtId")): item.get("formatCode") for item in root.iter(MAIN + "numFmt")})
    bold = [font.find(MAIN + "b") is not None for font in root.find(MAIN + "fonts")]
    return [(patterns[int(item.get("numFmtId"))], bold[int(item.get("fontId"))]) for item in root.find(MAIN + "cellXfs")]


def sheets_of(book):
    """The name of each sheet and its XML, in the workbook's order."""
    targets = {item.get("Id"): item.get("Target") for item in tree.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
    for sheet in tree.fromstring(book.read("xl/workbook.xml")).find(MAIN + "sheets"):
        yield sheet.get("name"), tree.fromstring(book.read("xl/" + targets[sheet.get(RELATION)]))


def main():
    book = zipfile.ZipFile(sys.argv[1])
    if broken := book.testzip():
        sys.exit(f"{broken} is broken")
    for name in book.namelist():
        tree.fromstring(book.read(name))
    styles = styles_of(book)
    for name, root in sheets_of(book):
        print("sheet", ascii(name))
        for pane in root.iter(MAIN + "pane"):
            print("pane", pane.get("topLeftCell"), pane.get("state"))
        for cell in root.iter(MAIN + "c"):
            if cell.find(MAIN + "f") is not None:
                sys.exit(f"{cell.get('r')} is a formula")
            pattern, bold = styles[int(cell.get("s", "0"))]
            marks = ("" if pattern == "General" else f" [{pattern}]") + (" bold" if bold else "")
            if cell.get("t") == "inlineStr":
                print(cell.get("r"), ascii(text_of(cell)) + marks)
            else:
                print(cell.get("r"), {"b": "bool "}.get(cell.get("t"), "") + cell.find(MAIN + "v").text + marks)


if __name__ == "__main__":
    main()
