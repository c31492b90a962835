#!/usr/bin/env python3
"""Packs a bitmap font into the form that src/glyph/font.rs reads.

    pack.py SOURCE OUT --height H --descent D [--only hangul | --skip hangul] [--size PX]

SOURCE is a BDF file, or a TrueType file of a pixel font (then --size is its pixel size, and fontTools is needed).
H rows are kept, D of them under the base line. Where to find the sources: NOTICE.md.

The packed form, one zlib stream (numbers big-endian):

    u8 width of a two-cell glyph, u8 height, u16 count
    count x u16   code point, as the difference from the one before
    count x u8    advance in pixels
    height planes of count x u16   row r of every glyph, leftmost pixel in the highest bit
"""
import argparse, struct, zlib


def bdf(path):
    """Yields (code point, advance, pixels as {(x, y)}), y counted up from the base line."""
    code = advance = box = rows = None
    with open(path, encoding="utf-8", errors="replace") as source:
        for line in source:
            word, _, rest = line.strip().partition(" ")
            if word == "ENCODING":
                code = int(rest.split()[0])
            elif word == "DWIDTH":
                advance = int(rest.split()[0])
            elif word == "BBX":
                box = [int(n) for n in rest.split()]
            elif word == "BITMAP":
                rows = []
            elif word == "ENDCHAR":
                (wide, high, left, low), dots = box, set()
                for i, row in enumerate(rows):
                    bits, n = int(row or "0", 16), len(row) * 4
                    dots |= {(x + left, low + high - 1 - i) for x in range(wide) if bits >> (n - 1 - x) & 1}
                yield code, advance, dots
                rows = None
            elif rows is not None:
                rows.append(word)


def truetype(path, size):
    """The same from a TrueType font whose outlines are pixel edges: a pixel is set where its middle is inside."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    glyphs, unit = font.getGlyphSet(), font["head"].unitsPerEm / size
    for code, name in font.getBestCmap().items():
        pen, edges, dots = DecomposingRecordingPen(glyphs), [], set()
        glyphs[name].draw(pen)
        for kind, points in pen.value:
            if kind == "moveTo":
                start = last = points[0]
            for point in list(points) or [start]:
                edges.append((last, point))
                last = point
        for y in range(-size, size):
            middle, turns, inside, left = (y + 0.5) * unit, [], 0, 0
            for (x0, y0), (_, y1) in edges:
                if min(y0, y1) < middle < max(y0, y1):
                    turns.append((x0 / unit, 1 if y1 > y0 else -1))
            for x, turn in sorted(turns):
                if inside:
                    dots |= {(column, y) for column in range(round(left), round(x))}
                left, inside = x, inside + turn
        yield code, round(glyphs[name].width / unit), dots


def fit(dots, height, descent):
    """Rows from the top. A glyph that is too tall (an accented capital) is moved, then loses blank or repeated rows."""
    low, high = min(y for _, y in dots), max(y for _, y in dots)
    rows = [0] * (high - low + 1)
    for x, y in dots:
        if 0 <= x < 16:
            rows[high - y] |= 0x8000 >> x
    above = (height - descent - 1) - high
    below = low + descent
    while above + below < 0:
        spare = [i for i in range(1, len(rows)) if rows[i] in (0, rows[i - 1])]
        del rows[spare[0] if spare else len(rows) - 1]
        below += 1
    above, below = max(0, above + min(0, below)), 0
    return ([0] * above + rows + [0] * height)[:height]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("source")
    options.add_argument("out")
    options.add_argument("--height", type=int, required=True)
    options.add_argument("--descent", type=int, required=True)
    options.add_argument("--size", type=int, default=16)
    options.add_argument("--only", choices=["hangul"])
    options.add_argument("--skip", choices=["hangul"])
    o = options.parse_args()
    read = bdf(o.source) if o.source.endswith(".bdf") else truetype(o.source, o.size)
    glyphs = {}
    for code, advance, dots in read:
        if not dots or advance <= 0 or not 0x21 <= code < 0xE000 and not 0xF900 <= code <= 0xFFFF:
            continue
        is_hangul = 0x3131 <= code <= 0x318E or 0xAC00 <= code <= 0xD7A3
        if o.only and not is_hangul or o.skip and is_hangul:
            continue
        glyphs[code] = (advance, fit(dots, o.height, o.descent))
    codes = sorted(glyphs)
    steps = [b - a for a, b in zip([0] + codes, codes)]
    wide = max(advance for advance, _ in glyphs.values())
    out = struct.pack(">BBH", wide, o.height, len(codes))
    out += struct.pack(f">{len(codes)}H", *steps)
    out += bytes(glyphs[c][0] for c in codes)
    for r in range(o.height):
        out += struct.pack(f">{len(codes)}H", *(glyphs[c][1][r] for c in codes))
    packed = zlib.compress(out, 9)
    with open(o.out, "wb") as file:
        file.write(packed)
    print(f"{o.out}: {len(codes)} glyphs, {wide}x{o.height}, {len(out)} -> {len(packed)} bytes")


if __name__ == "__main__":
    main()
