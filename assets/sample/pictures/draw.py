#!/usr/bin/env python3
"""Draws the pictures of the sample edition: flat shapes in few colours, so that the files stay small."""
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).parent
SIZE = (960, 640)
SCALE = 2  # drawn twice as large, for smooth edges


def canvas(top, bottom):
    w, h = SIZE[0] * SCALE, SIZE[1] * SCALE
    image = Image.new("RGB", (w, h))
    draw = ImageDraw.Draw(image)
    bands = 24
    for i in range(bands):
        mix = tuple(round(a + (b - a) * i / (bands - 1)) for a, b in zip(top, bottom))
        draw.rectangle([0, h * i // bands, w, h * (i + 1) // bands], fill=mix)
    return image, draw


def keep(image, name):
    small = image.resize(SIZE, Image.LANCZOS).quantize(64, dither=Image.Dither.NONE)
    small.save(HERE / name, optimize=True)


def p(*points):
    return [tuple(v * SCALE for v in point) for point in points]


def lighthouse():
    image, d = canvas((24, 32, 66), (240, 150, 92))
    d.ellipse(p((640, 330), (760, 450)), fill=(255, 214, 130))
    d.rectangle(p((0, 440), (960, 640)), fill=(28, 62, 92))
    for i in range(14):
        x, y = (i * 173) % 900, 455 + i * 13
        d.rectangle(p((x, y), (x + 120, y + 3)), fill=(64, 112, 140))
    d.polygon(p((0, 640), (0, 500), (180, 452), (330, 470), (470, 560), (520, 640)), fill=(44, 48, 44))
    d.polygon(p((206, 470), (226, 190), (284, 190), (304, 470)), fill=(244, 240, 230))
    for i, y in enumerate(range(190, 470, 56)):
        if i % 2:
            k = (y - 190) / 280
            d.polygon(p((226 - 20 * k, y), (284 + 20 * k, y), (288 + 20 * k, y + 56), (222 - 20 * k, y + 56)), fill=(196, 62, 52))
    d.rectangle(p((214, 176), (296, 192)), fill=(60, 60, 64))
    d.rectangle(p((230, 130), (280, 176)), fill=(255, 232, 150))
    d.polygon(p((222, 132), (255, 96), (288, 132)), fill=(150, 44, 40))
    d.polygon(p((280, 146), (960, 40), (960, 176), (280, 160)), fill=(252, 222, 150))
    d.rectangle(p((244, 420), (268, 470)), fill=(70, 60, 56))
    keep(image, "lighthouse.png")


def bicycles():
    image, d = canvas((196, 224, 240), (236, 240, 226))
    d.rectangle(p((0, 450), (960, 640)), fill=(176, 186, 160))
    d.rectangle(p((90, 120), (870, 450)), fill=(214, 196, 170))
    d.rectangle(p((90, 100), (870, 132)), fill=(150, 120, 96))
    for x in range(130, 830, 110):
        d.rectangle(p((x, 170), (x + 66, 260)), fill=(110, 150, 176))
        d.rectangle(p((x, 300), (x + 66, 400)), fill=(110, 150, 176))
    d.rectangle(p((440, 300), (520, 450)), fill=(92, 70, 58))
    for i, colour in enumerate([(200, 60, 50), (40, 110, 160), (230, 160, 40)]):
        x = 110 + i * 265
        for cx in (x + 40, x + 190):
            d.ellipse(p((cx - 62, 450), (cx + 62, 574)), outline=(40, 40, 44), width=9 * SCALE)
            d.ellipse(p((cx - 8, 504), (cx + 8, 520)), fill=(40, 40, 44))
        frame = [(x + 40, 512), (x + 84, 430), (x + 168, 430), (x + 118, 512), (x + 40, 512)]
        d.line(p(*frame), fill=colour, width=10 * SCALE, joint="curve")
        d.line(p((x + 118, 512), (x + 76, 412)), fill=colour, width=10 * SCALE)
        d.line(p((x + 190, 512), (x + 162, 404), (x + 188, 396)), fill=colour, width=10 * SCALE, joint="curve")
        d.rectangle(p((x + 54, 402), (x + 98, 414)), fill=(50, 44, 40))
    keep(image, "bicycles.png")


lighthouse()
bicycles()
