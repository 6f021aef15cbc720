#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the product pictures of the sample workspace.

Run from anywhere, needs nothing but Python:

    python3 resources/sample/draw.py

It reads the names in images.csv (`sample:/SHAPE-PALETTE.svg`), draws each as
images/SHAPE-PALETTE.svg, and removes pictures that nothing names any more. To
add one, name it in images.csv; a new shape is a function below with the name
of the shape, a new palette a line in PALETTES. The pictures keep to what Qt
SVG draws: plain shapes, no filters, masks, clip paths or style sheets.
"""

import csv
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent

#            ground     main       dark       light      accent
PALETTES = {
    "sky":   ("#e4eef9", "#5f93cf", "#42719f", "#a9cbee", "#f2bd5c"),
    "teal":  ("#def0ee", "#3f9c96", "#2b736f", "#93d0c9", "#f19a72"),
    "sage":  ("#e8f0e2", "#7fa56a", "#5b7d4a", "#bdd5ac", "#e8a95a"),
    "sand":  ("#f5ede1", "#cda878", "#a17c50", "#e8d3b2", "#5f93cf"),
    "honey": ("#fdf2d8", "#e9ae43", "#bd8325", "#f8d68c", "#3f9c96"),
    "coral": ("#fde8e0", "#e57a5c", "#b95640", "#f6b49d", "#3f7fa3"),
    "rose":  ("#fbe6ec", "#d97b97", "#ab5470", "#f2b6c6", "#7fa56a"),
    "plum":  ("#efe8f5", "#8a68ab", "#664a84", "#c3abd9", "#f2bd5c"),
    "slate": ("#e9edf2", "#72839b", "#525f74", "#b3bfcf", "#e57a5c"),
    "night": ("#dde3ee", "#3c4a68", "#28344d", "#7d8db0", "#f2bd5c"),
}
INK, CREAM, WHITE = "#2f3a4d", "#fdf8ee", "#ffffff"
WOOD, WOOD_DARK, WOOD_LIGHT = "#c99c6a", "#a2764a", "#e0bd91"
METAL, METAL_DARK, METAL_LIGHT = "#b4bfcc", "#8492a4", "#dbe2ea"
LEAF, LEAF_DARK, LEAF_LIGHT = "#6aa873", "#47835a", "#9acb98"
GLOW, FLAME, YOLK = "#fff3c4", "#f6a63c", "#f4bd45"


# --- Elements ---------------------------------------------------------------

def number(value):
    return f"{value:.1f}".rstrip("0").rstrip(".")


def attributes(opacity=None, turn=None):
    text = ""
    if opacity is not None:
        text += f' opacity="{opacity}"'
    if turn is not None:
        angle, x, y = turn
        text += f' transform="rotate({number(angle)} {number(x)} {number(y)})"'
    return text


def rect(x, y, w, h, r, fill, **more):
    x, y, w, h, r = map(number, (x, y, w, h, r))
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}"{attributes(**more)}/>'


def disc(x, y, r, fill, **more):
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="{fill}"{attributes(**more)}/>'


def oval(x, y, rx, ry, fill, **more):
    x, y, rx, ry = map(number, (x, y, rx, ry))
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}"{attributes(**more)}/>'


def ring(x, y, r, stroke, width, **more):
    return (f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="none" '
            f'stroke="{stroke}" stroke-width="{number(width)}"{attributes(**more)}/>')


def path(d, fill, **more):
    return f'<path d="{d}" fill="{fill}"{attributes(**more)}/>'


def soft(d, fill, width=6, **more):
    """A filled path whose corners are rounded by a stroke of its own colour."""
    return (f'<path d="{d}" fill="{fill}" stroke="{fill}" stroke-width="{number(width)}" '
            f'stroke-linejoin="round"{attributes(**more)}/>')


def line(d, stroke, width, **more):
    return (f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{number(width)}" '
            f'stroke-linecap="round" stroke-linejoin="round"{attributes(**more)}/>')


def turned(angle, *parts, x=120, y=120):
    return f'<g transform="rotate({number(angle)} {number(x)} {number(y)})">' + "".join(parts) + "</g>"


# --- Grounds: what a thing stands on or lies before -------------------------

class Palette:
    def __init__(self, name, variant):
        self.name, self.variant = name, variant
        self.ground, self.main, self.dark, self.light, self.accent = PALETTES[name]


def stand(p, width=62, x=120):
    """A table, and the shadow of what stands on it."""
    return [rect(0, 174, 240, 66, 0, p.light, opacity=0.55),
            oval(x, 197, width, 9, p.dark, opacity=0.28)]


def flat(p):
    """Seen from above, on a round of lighter colour."""
    return [disc(120, 120, 98, WHITE, opacity=0.6)]


def wall(p):
    return [disc(120, 120, 98, WHITE, opacity=0.5)]


def steam(x, y):
    return line(f"M{x - 16} {y}q-8-10 0-20t0-20M{x + 6} {y}q-8-10 0-20t0-20", WHITE, 6, opacity=0.85)


def flame(x, y, size=1.0):
    s = size
    return (path(f"M{number(x)} {number(y - 30 * s)}c{number(11 * s)} {number(13 * s)} {number(12 * s)} {number(30 * s)} 0 {number(30 * s)}"
                 f"s{number(-11 * s)} {number(-17 * s)} 0 {number(-30 * s)}z", FLAME)
            + oval(x, y - 8 * s, 3.6 * s, 7 * s, GLOW))


def leaf(x, y, length, width, angle, fill):
    return (f'<path d="M{x} {y}c{number(width)} {number(-length * .35)} {number(width)} {number(-length * .7)} 0 {number(-length)}'
            f'c{number(-width)} {number(length * .3)} {number(-width)} {number(length * .65)} 0 {number(length)}z" fill="{fill}"'
            f'{attributes(turn=(angle, x, y))}/>')


def flower(x, y, r, petals, heart):
    around = ((0, -1), (.95, -.31), (.59, .81), (-.59, .81), (-.95, -.31))
    return "".join(disc(x + dx * r, y + dy * r, r * .72, petals) for dx, dy in around) + disc(x, y, r * .6, heart)


# --- Lighting ---------------------------------------------------------------

def lamp(p):
    return stand(p, 56) + [
        path("M64 116h112l26 72H38z", GLOW, opacity=0.75),
        rect(115, 110, 10, 82, 5, p.dark),
        rect(82, 186, 76, 12, 6, p.dark),
        disc(120, 118, 14, YOLK),
        soft("M88 46h64l24 68H64z", p.main, 8),
        soft("M88 46h18l-14 68H64z", p.light, 8),
    ]


def pendant(p):
    return [
        path("M62 152h116l42 88H20z", GLOW, opacity=0.9),
        line("M120 0v66", INK, 5),
        rect(106, 58, 28, 28, 8, p.dark),
        path("M98 152a22 22 0 0 0 44 0z", YOLK),
        path("M44 152a76 76 0 0 1 152 0z", p.main),
        line("M64 138a58 58 0 0 1 38-44", p.light, 10),
        rect(38, 146, 164, 12, 6, p.dark),
    ]


def lantern(p):
    return stand(p, 60) + [
        line("M86 76a34 42 0 0 1 68 0", p.dark, 8),
        disc(120, 116, 62, GLOW, opacity=0.7),
        rect(82, 84, 76, 92, 4, CREAM),
        rect(104, 132, 32, 44, 4, p.accent),
        flame(120, 130, 1.2),
        rect(78, 82, 9, 98, 3, p.main), rect(153, 82, 9, 98, 3, p.main),
        soft("M96 58h48l18 24H78z", p.main),
        rect(68, 176, 104, 22, 7, p.dark),
    ]


def candle(p):
    parts = stand(p, 72)
    for x, top, width in ((52, 120, 38), (101, 78, 38), (150, 138, 38)):
        centre = x + width / 2
        parts += [disc(centre, top - 20, 25, GLOW, opacity=0.8),
                  rect(x, top, width, 197 - top, 7, p.main),
                  rect(x, top, 12, 197 - top, 6, p.light),
                  oval(centre, top + 3, width / 2, 6, p.light),
                  rect(centre - 1.5, top - 8, 3, 12, 1, INK),
                  flame(centre, top - 6)]
    return parts


def bulb(p):
    return wall(p) + [
        disc(120, 98, 78, GLOW, opacity=0.8),
        path("M66 96a54 54 0 1 1 108 0c0 28-24 34-26 62H92c-2-28-26-34-26-62z", p.light),
        line("M104 156v-46l-10-16M136 156v-46l10-16M94 94l9 10 9-12 8 12 8-12 9 12 9-10", p.dark, 4),
        line("M84 84a38 38 0 0 1 22-24", WHITE, 8),
        rect(92, 156, 56, 12, 6, METAL), rect(92, 171, 56, 12, 6, METAL_DARK),
        rect(96, 186, 48, 11, 5, METAL), rect(108, 198, 24, 11, 5, INK),
    ]


# --- Kitchen ----------------------------------------------------------------

def kettle(p):
    return stand(p, 70) + [
        line("M74 116C74 38 166 38 166 116", INK, 10),
        soft("M160 148c22-6 26-40 44-50l12 5c-12 20-10 56-34 72z", p.dark),
        path("M48 178c2-48 28-82 72-82s70 34 72 82c1 13-6 19-16 19H64c-10 0-17-6-16-19z", p.main),
        line("M66 170c2-26 12-44 28-54", p.light, 10),
        path("M84 102c8-14 64-14 72 0z", p.dark),
        disc(120, 88, 9, INK),
    ]


def saucepan(p):
    return stand(p, 66, 104) + [
        steam(108, 92),
        rect(154, 112, 74, 14, 7, WOOD_DARK),
        path("M42 108h124v66a22 22 0 0 1-22 22H64a22 22 0 0 1-22-22z", p.main),
        line("M58 130v40", p.light, 10),
        rect(34, 100, 140, 16, 8, p.dark),
    ]


def pan(p):
    return flat(p) + [
        rect(138, 60, 92, 20, 10, WOOD_DARK, turn=(-45, 138, 70)),
        disc(102, 138, 70, p.dark), disc(102, 138, 60, p.main),
        path("M62 132c2-26 26-34 42-28 22-8 46 8 42 32 8 22-14 40-36 34-20 8-52-8-48-38z", CREAM),
        disc(106, 136, 18, YOLK), disc(100, 130, 5, GLOW),
    ]


def knife(p):
    return flat(p) + [turned(
        -45,
        path("M14 128c0-14 30-26 60-26h74v36H24c-6 0-10-4-10-10z", METAL_LIGHT),
        path("M14 128c0-3 1-5 3-8 30 6 90 8 131 6v12H24c-6 0-10-4-10-10z", METAL),
        rect(146, 100, 12, 40, 3, METAL_DARK),
        rect(156, 102, 76, 30, 12, p.main), rect(156, 102, 76, 12, 6, p.light),
        disc(176, 119, 4, CREAM), disc(200, 119, 4, CREAM))]


def board(p):
    return flat(p) + [turned(
        12,
        rect(104, 26, 32, 60, 14, WOOD), disc(120, 42, 7, p.ground),
        rect(60, 64, 120, 142, 18, WOOD), rect(72, 76, 96, 118, 12, WOOD_LIGHT),
        line("M88 96v78M152 92v60", WOOD, 4),
        disc(112, 126, 27, YOLK), disc(112, 126, 22, GLOW),
        line("M112 108v36M96 117l32 18M128 117l-32 18", YOLK, 4),
        leaf(146, 186, 54, 20, -18, LEAF_DARK), leaf(146, 186, 46, 18, 26, LEAF))]


def whisk(p):
    return flat(p) + [turned(
        32,
        *[f'<ellipse cx="120" cy="78" rx="{rx}" ry="58" fill="none" stroke="{METAL_DARK}" stroke-width="5"/>' for rx in (42, 25, 8)],
        rect(108, 124, 24, 24, 6, METAL), rect(106, 142, 28, 84, 14, p.main), rect(106, 142, 12, 84, 6, p.light),
        disc(120, 214, 4, CREAM))]


# --- Tableware --------------------------------------------------------------

def mug(p):
    return stand(p, 62, 112) + [
        steam(114, 72),
        line("M158 112h10a24 24 0 0 1 24 24v2a24 24 0 0 1-24 24h-12", p.dark, 15),
        path("M58 88h104v80a28 28 0 0 1-28 28H86a28 28 0 0 1-28-28z", p.main),
        path("M58 88h104v34c-10 12-20 6-26-2s-16-6-24 4-20 10-28 0-18-6-26 2z", p.light),
        oval(110, 88, 52, 12, p.dark), oval(110, 90, 44, 8, "#6f4b38"),
    ]


def teapot(p):
    return stand(p, 66) + [
        line("M64 118H50a24 24 0 0 0-24 24v0a28 28 0 0 0 30 26", p.dark, 13),
        soft("M168 158c18-8 20-42 42-50l8 6c-12 20-12 54-44 68z", p.dark, 5),
        path("M54 146c0-34 28-54 64-54s64 20 64 54c0 30-18 51-44 51H98c-26 0-44-21-44-51z", p.main),
        line("M72 150c0-18 8-30 22-38", p.light, 10),
        path("M82 96c6-20 66-20 72 0z", p.dark), disc(118, 76, 10, p.accent),
    ]


def bowl(p):
    return stand(p, 66) + [
        rect(90, 180, 60, 17, 6, p.dark),
        path("M34 106h172c0 48-34 82-86 82s-86-34-86-82z", p.main),
        path("M34 106h172c0 8-1 16-3 23H37c-2-7-3-15-3-23z", p.dark),
        oval(120, 106, 86, 20, p.light), oval(120, 108, 74, 14, CREAM),
        disc(96, 104, 9, p.accent), disc(120, 110, 9, p.main), disc(144, 104, 9, p.accent),
        leaf(108, 102, 34, 12, 60, LEAF),
    ]


def plate(p):
    return flat(p) + [
        oval(120, 126, 70, 68, p.dark, opacity=0.25),
        disc(120, 120, 68, p.main), disc(120, 120, 60, CREAM), disc(120, 120, 44, p.light, opacity=0.5), disc(120, 120, 40, CREAM),
        line("M26 74v26M38 74v26M32 74v96", METAL_DARK, 6), line("M26 100q0 12 6 12t6-12", METAL_DARK, 6),
        path("M206 72c14 8 14 40 8 54h-8z", METAL), line("M208 120v50", METAL_DARK, 6),
    ]


def glass(p):
    return stand(p, 50) + [
        path("M66 58h108l-13 126a14 14 0 0 1-14 13H93a14 14 0 0 1-14-13z", WHITE, opacity=0.75),
        path("M70 96h100l-9 88a14 14 0 0 1-14 13H93a14 14 0 0 1-14-13z", p.light),
        path("M120 96h50l-9 88a14 14 0 0 1-14 13h-27z", p.main, opacity=0.55),
        rect(88, 116, 30, 30, 6, WHITE, turn=(16, 103, 131), opacity=0.8),
        rect(124, 134, 28, 28, 6, WHITE, turn=(-20, 138, 148), opacity=0.6),
        disc(164, 62, 27, p.accent), disc(164, 62, 21, GLOW), line("M164 45v34M147 62h34", p.accent, 4),
        line("M82 84l8 90", WHITE, 6),
    ]


def wineglass(p):
    return stand(p, 44) + [
        rect(115, 130, 10, 62, 4, METAL), rect(82, 188, 76, 9, 4, METAL),
        path("M78 38h84c8 46-4 100-42 100s-50-54-42-100z", WHITE, opacity=0.8),
        path("M76 78h88c0 34-12 60-44 60s-44-26-44-60z", p.main),
        path("M120 78h44c0 34-12 60-44 60z", p.dark, opacity=0.5),
        oval(120, 78, 44, 7, p.light),
        line("M88 52v18", WHITE, 6),
    ]


def carafe(p):
    return stand(p, 56) + [
        path("M96 52h48v30c0 26 34 34 34 70v30a16 16 0 0 1-16 15H78a16 16 0 0 1-16-15v-30c0-36 34-44 34-70z", WHITE, opacity=0.8),
        path("M66 132h108c3 6 4 12 4 20v30a16 16 0 0 1-16 15H78a16 16 0 0 1-16-15v-30c0-8 1-14 4-20z", p.main, opacity=0.75),
        oval(120, 132, 54, 8, p.light),
        line("M78 150v28", WHITE, 7, opacity=0.8),
        soft("M94 30h52l-4 46h-44z", p.light, 6), rect(90, 26, 60, 8, 4, p.main),
        leaf(118, 178, 44, 14, 24, LEAF), leaf(118, 178, 36, 12, -30, LEAF_DARK),
    ]


# --- Furniture --------------------------------------------------------------

def chair(p):
    return stand(p, 66) + [
        rect(82, 130, 9, 62, 4, WOOD_DARK), rect(149, 130, 9, 62, 4, WOOD_DARK),
        rect(74, 30, 11, 110, 5, WOOD), rect(155, 30, 11, 110, 5, WOOD),
        rect(72, 38, 96, 50, 14, p.main), rect(72, 38, 96, 16, 8, p.light),
        soft("M74 118h92l12 22H62z", p.dark), rect(58, 132, 124, 14, 7, p.main),
        rect(62, 144, 11, 54, 5, WOOD), rect(167, 144, 11, 54, 5, WOOD),
        rect(68, 168, 104, 6, 3, WOOD_DARK),
    ]


def stool(p):
    return stand(p, 64) + [
        line("M120 104v78", WOOD_DARK, 11),
        line("M86 104 66 194M154 104l20 90", WOOD, 12),
        line("M76 156h88", WOOD_DARK, 8),
        rect(52, 82, 136, 28, 14, p.dark), oval(120, 84, 68, 17, p.main), oval(112, 80, 46, 8, p.light),
    ]


def shelf(p):
    return wall(p) + [
        line("M58 100v20M182 100v20M58 188v20M182 188v20", p.dark, 6),
        rect(28, 98, 184, 11, 4, WOOD), rect(28, 186, 184, 11, 4, WOOD),
        rect(48, 134, 18, 52, 3, p.main), rect(68, 126, 14, 60, 3, p.accent), rect(84, 138, 20, 48, 3, p.dark),
        rect(106, 130, 14, 56, 3, p.light, turn=(9, 113, 186)), rect(146, 152, 44, 34, 6, p.light), rect(150, 164, 36, 8, 3, p.main),
        leaf(72, 74, 40, 14, -32, LEAF_DARK), leaf(72, 74, 44, 15, 0, LEAF), leaf(72, 74, 40, 14, 32, LEAF_DARK),
        soft("M56 72h32l-4 23h-24z", p.main, 5),
        disc(156, 76, 21, p.accent), disc(156, 76, 14, CREAM), rect(118, 54, 10, 44, 3, p.dark), rect(106, 62, 10, 36, 3, p.light),
    ]


def table(p):
    return stand(p, 74) + [
        line("M78 112 62 194M162 112l16 82", WOOD_DARK, 11),
        rect(30, 100, 180, 16, 8, p.main), rect(30, 100, 180, 7, 3, p.light),
        leaf(98, 66, 42, 15, -26, LEAF), leaf(98, 66, 46, 15, 12, LEAF_DARK), leaf(98, 66, 34, 13, 46, LEAF),
        soft("M86 68h24l5 28H81z", p.dark, 6),
        path("M136 76h34v12a12 12 0 0 1-12 12h-10a12 12 0 0 1-12-12z", CREAM), line("M170 82h5a5 5 0 0 1 0 10h-6", CREAM, 4),
    ]


def armchair(p):
    return stand(p, 84) + [
        line("M66 178l-5 18M174 178l5 18", WOOD_DARK, 10),
        rect(60, 44, 120, 120, 34, p.main), rect(76, 58, 88, 80, 24, p.light, opacity=0.45),
        rect(98, 84, 52, 46, 12, p.accent, turn=(-10, 124, 106)),
        rect(62, 132, 116, 48, 14, p.light),
        rect(36, 102, 42, 84, 20, p.dark), rect(162, 102, 42, 84, 20, p.dark),
        rect(62, 160, 116, 26, 6, p.main),
    ]


# --- Textiles ---------------------------------------------------------------

def cushion(p):
    shape = "M46 46Q120 64 194 46Q178 120 194 194Q120 178 46 194Q62 120 46 46z"
    parts = flat(p) + [soft(shape, p.dark, 16), soft(shape, p.main, 8)]
    if p.variant % 3 == 0:
        parts += [line("M86 62q6 58 0 116M120 64v112M154 62q-6 58 0 116", p.light, 9)]
    elif p.variant % 3 == 1:
        parts += [disc(x, y, 7, p.light) for x, y in
                  ((84, 84), (120, 84), (156, 84), (102, 114), (138, 114), (84, 144), (120, 144), (156, 144), (102, 170), (138, 170), (102, 64), (138, 64))]
    else:
        parts += [line("M70 92q24-16 50 0t50 0M70 122q24-16 50 0t50 0M70 152q24-16 50 0t50 0", p.light, 8)]
    return parts


def blanket(p):
    return stand(p, 84) + [
        rect(38, 152, 164, 42, 20, p.main), rect(38, 112, 164, 42, 20, p.light), rect(38, 72, 164, 42, 20, p.main),
        rect(62, 72, 14, 42, 0, CREAM), rect(84, 72, 6, 42, 0, p.accent),
        rect(62, 152, 14, 42, 0, CREAM), rect(84, 152, 6, 42, 0, p.accent),
        line("M120 132h64", p.main, 5), line("M110 93h74M110 173h74", p.dark, 5, opacity=0.5),
    ]


def towel(p):
    return wall(p) + [
        rect(28, 46, 184, 11, 5, METAL_DARK), disc(32, 51, 10, METAL), disc(208, 51, 10, METAL),
        rect(78, 50, 94, 146, 5, p.dark), rect(64, 44, 94, 138, 6, p.main),
        rect(64, 140, 94, 8, 0, p.light), rect(64, 154, 94, 16, 0, CREAM),
        line("M78 66v58M95 66v58M112 66v58M129 66v58M146 66v58", p.light, 4, opacity=0.7),
        line("M72 78h78M72 95h78M72 112h78", p.light, 4, opacity=0.7),
    ]


def rug(p):
    return flat(p) + [turned(
        -14,
        line("".join(f"M24 {y}h192" for y in range(68, 176, 11)), p.light, 4),
        rect(36, 60, 168, 120, 4, p.main), rect(50, 60, 10, 120, 0, CREAM), rect(180, 60, 10, 120, 0, CREAM),
        rect(66, 60, 18, 120, 0, p.dark), rect(156, 60, 18, 120, 0, p.dark),
        path("M120 76 150 120 120 164 90 120z", CREAM), path("M120 94 138 120 120 146 102 120z", p.accent))]


# --- Stationery -------------------------------------------------------------

def notebook(p):
    return flat(p) + [turned(
        -8,
        rect(68, 42, 116, 162, 8, p.dark), rect(66, 46, 112, 152, 5, CREAM), line("M176 56v132", METAL, 2),
        rect(56, 38, 116, 160, 9, p.main), path("M65 38h15v160H65a9 9 0 0 1-9-9V47a9 9 0 0 1 9-9z", p.dark),
        rect(96, 66, 58, 36, 4, CREAM), line("M106 78h38M106 90h24", p.dark, 4),
        path("M118 198h12v26l-6-6-6 6z", p.accent), rect(156, 38, 6, 160, 0, p.accent))]


def pencil(x, base, top, colour, angle):
    """A pencil with its point up; it leans by `angle` about its foot."""
    return turned(angle,
                  rect(x - 8, top + 24, 16, base - top - 24, 0, colour), rect(x - 8, top + 24, 6, base - top - 24, 0, WHITE, opacity=0.3),
                  path(f"M{x - 8} {top + 25}L{x} {top}L{x + 8} {top + 25}z", WOOD_LIGHT),
                  path(f"M{number(x - 3)} {number(top + 9.4)}L{x} {top}L{number(x + 3)} {number(top + 9.4)}z", colour), x=x, y=base)


def pencils(p):
    return stand(p, 54) + [
        pencil(98, 180, 52, "#e57a5c", -14), pencil(142, 180, 58, "#3f9c96", 15),
        pencil(110, 180, 34, "#e9ae43", -3), pencil(130, 180, 44, "#8a68ab", 6),
        path("M74 108h92l-6 80a10 10 0 0 1-10 9H90a10 10 0 0 1-10-9z", p.main),
        path("M74 108h24l-2 89h-6a10 10 0 0 1-10-9z", p.light),
        rect(70, 102, 100, 14, 7, p.dark),
    ]


def pen(p):
    return flat(p) + [
        line("M44 198q14-22 26-8t24-4 22 2 20-6", p.dark, 5),
        turned(-45,
               path("M36 120 62 108v24z", METAL_DARK), line("M42 120h16", INK, 2.5),
               soft("M62 110 86 106v28l-24-4z", INK, 3),
               rect(84, 102, 64, 36, 6, p.main), rect(146, 100, 82, 40, 16, p.dark),
               rect(84, 102, 64, 12, 5, p.light), rect(152, 104, 66, 9, 4, p.main),
               rect(144, 99, 10, 42, 3, p.accent), rect(160, 92, 54, 8, 4, p.accent))]


def envelope(p):
    return flat(p) + [turned(
        -6,
        rect(62, 42, 116, 96, 6, WHITE), line("M80 62h80M80 76h56", p.light, 5),
        rect(36, 84, 168, 112, 10, p.main),
        path("M36 96a10 10 0 0 1 10-12h148a10 10 0 0 1 10 12l-84 58z", p.light),
        line("M42 190l56-48M198 190l-56-48", p.dark, 4),
        disc(120, 146, 17, p.accent), path("M120 156l-9-9a5.5 5.5 0 0 1 9-7 5.5 5.5 0 0 1 9 7z", CREAM))]


def tape(p):
    def roll(x, y, colour, stripe):
        return disc(x, y, 46, colour) + ring(x, y, 34, stripe, 7) + disc(x, y, 23, CREAM) + disc(x, y, 18, p.ground)
    return flat(p) + [
        path("M116 190h90l-8 9 8 9h-90z", p.dark),
        roll(84, 84, p.accent, CREAM), roll(158, 96, p.light, WHITE),
        roll(116, 162, p.main, p.light),
    ]


# --- Garden -----------------------------------------------------------------

def plant(p):
    parts = stand(p, 54)
    if p.variant % 3 == 0:
        parts += [leaf(120, 128, 84, 24, angle, colour) for angle, colour in
                  ((-58, LEAF_DARK), (58, LEAF_DARK), (-32, LEAF), (32, LEAF), (0, LEAF_LIGHT))]
    elif p.variant % 3 == 1:
        parts += [line("M120 126V64M120 110 84 84M120 104l36-30", LEAF_DARK, 6),
                  disc(84, 80, 22, LEAF), disc(158, 70, 24, LEAF), disc(120, 50, 27, LEAF_LIGHT), disc(104, 102, 17, LEAF_DARK), disc(142, 104, 15, LEAF_DARK)]
    else:
        parts += [rect(98, 40, 44, 90, 22, LEAF), rect(66, 68, 24, 40, 12, LEAF_DARK), rect(66, 88, 44, 22, 11, LEAF_DARK),
                  rect(150, 56, 24, 40, 12, LEAF_DARK), rect(130, 76, 44, 22, 11, LEAF_DARK),
                  line("M112 58v62M128 58v62", LEAF_LIGHT, 4), flower(120, 40, 10, p.accent, GLOW)]
    return parts + [
        path("M74 128h92l-9 60a11 11 0 0 1-11 9H94a11 11 0 0 1-11-9z", p.main),
        path("M74 128h26l4 69H94a11 11 0 0 1-11-9z", p.light),
        rect(64, 116, 112, 22, 8, p.dark),
    ]


def can(p):
    return stand(p, 64, 112) + [
        line("M86 106C90 46 148 50 146 106", p.dark, 11),
        line("M66 130H50c-30 0-30 50 8 46", p.dark, 10),
        soft("M150 158 196 84l10 6-50 96z", p.dark, 5), soft("M184 80l32 20 6-6-32-26z", p.light, 6),
        path("M66 104h92l10 82a11 11 0 0 1-11 11H67a11 11 0 0 1-11-11z", p.main),
        path("M66 104h24l-6 93H67a11 11 0 0 1-11-11z", p.light),
        rect(60, 98, 104, 13, 6, p.dark),
        *[disc(x, y, 4, "#7fb2e0") for x, y in ((212, 118), (224, 126), (216, 138), (228, 146), (220, 158))],
    ]


def trowel(p):
    return flat(p) + [turned(
        40,
        rect(107, 20, 26, 84, 13, p.main), rect(107, 20, 11, 84, 5, p.light), disc(120, 34, 4, p.ground),
        rect(111, 98, 18, 20, 4, METAL_DARK), line("M120 112v26", METAL_DARK, 9),
        path("M84 138c0-8 6-12 14-12h44c8 0 14 4 14 12v36c0 26-20 44-36 54-16-10-36-28-36-54z", METAL),
        path("M120 126h22c8 0 14 4 14 12v36c0 26-20 44-36 54z", METAL_DARK), line("M120 138v74", METAL_LIGHT, 4))]


def birdhouse(p):
    return [
        rect(0, 212, 240, 28, 0, LEAF_LIGHT), rect(108, 176, 24, 48, 0, WOOD_DARK), oval(120, 224, 26, 6, LEAF),
        path("M62 94 120 44l58 50v90a8 8 0 0 1-8 8H70a8 8 0 0 1-8-8z", p.main),
        path("M120 44l58 50v90a8 8 0 0 1-8 8h-50z", p.dark, opacity=0.35),
        line("M44 104 120 38l76 66", INK, 15),
        disc(120, 118, 24, CREAM), disc(120, 118, 18, INK),
        line("M120 156v10", WOOD_LIGHT, 8), rect(104, 158, 32, 8, 4, WOOD_LIGHT),
        path("M162 66c4-18 30-20 34-2l14 4-14 6c-4 12-24 14-32 4l-16 6z", p.accent), disc(188, 62, 3, INK),
    ]


def seeds(p):
    return flat(p) + [turned(
        -6,
        rect(58, 34, 124, 170, 6, p.main), rect(58, 34, 124, 26, 6, p.dark),
        line("M70 47h100", p.light, 3), rect(70, 72, 100, 104, 8, CREAM),
        line("M120 166v-44M120 156q-16-2-22-16M120 150q16-2 22-16", LEAF_DARK, 5),
        flower(120, 108, 15, p.main, YOLK), line("M84 190h72", p.light, 6)),
        oval(196, 196, 7, 4.5, WOOD_DARK, turn=(-30, 196, 196)), oval(210, 180, 7, 4.5, WOOD, turn=(20, 210, 180)),
        oval(184, 214, 7, 4.5, WOOD, turn=(10, 184, 214))]


# --- Tools ------------------------------------------------------------------

def hammer(p):
    return flat(p) + [turned(
        40,
        rect(110, 62, 20, 160, 9, WOOD), rect(108, 140, 24, 86, 11, p.main), rect(108, 140, 10, 86, 5, p.light),
        path("M64 40h80c22 0 34 8 44 30-18-10-30-8-44-4v12H96V70H64z", METAL_DARK),
        rect(48, 34, 26, 42, 6, METAL), rect(96, 40, 48, 10, 4, METAL))]


def screwdriver(p):
    return flat(p) + [turned(
        42,
        rect(113, 112, 14, 88, 2, METAL), rect(113, 112, 6, 88, 2, METAL_LIGHT), path("M110 196h20l-4 28h-12z", METAL_DARK),
        rect(104, 100, 32, 20, 6, METAL_DARK),
        path("M96 34a16 16 0 0 1 16-16h16a16 16 0 0 1 16 16l-6 40 8 20a10 10 0 0 1-10 12h-32a10 10 0 0 1-10-12l8-20z", p.main),
        line("M110 30v56M120 30v58M130 30v56", p.dark, 4), path("M96 34a16 16 0 0 1 16-16h16a16 16 0 0 1 16 16z", p.accent))]


def toolbox(p):
    return stand(p, 88) + [
        line("M84 92V70a12 12 0 0 1 12-12h48a12 12 0 0 1 12 12v22", INK, 11),
        rect(32, 88, 176, 108, 12, p.main), path("M44 88h152a12 12 0 0 1 12 12v30H32v-30a12 12 0 0 1 12-12z", p.dark),
        rect(32, 126, 176, 7, 0, INK, opacity=0.35),
        rect(62, 118, 24, 26, 5, METAL_LIGHT), rect(154, 118, 24, 26, 5, METAL_LIGHT),
        rect(68, 126, 12, 8, 2, METAL_DARK), rect(160, 126, 12, 8, 2, METAL_DARK),
        rect(98, 152, 44, 22, 5, p.light),
    ]


def measure(p):
    return flat(p) + [
        path("M120 158h96v30H104z", "#f7d87b"), line("M146 160v12M162 160v8M178 160v12M194 160v8", INK, 4), rect(210, 154, 11, 40, 3, METAL_DARK),
        path("M56 52h58c32 0 54 24 54 58v66a12 12 0 0 1-12 12H42a12 12 0 0 1-12-12V78a26 26 0 0 1 26-26z", p.main),
        path("M56 52h58c10 0 18 2 26 6-48 6-88 38-110 86V78a26 26 0 0 1 26-26z", p.light, opacity=0.7),
        disc(98, 122, 40, p.dark), disc(98, 122, 31, CREAM), disc(98, 122, 13, p.accent), rect(132, 66, 26, 12, 6, INK, turn=(42, 145, 72)),
    ]


# --- Toys -------------------------------------------------------------------

def blocks(p):
    def block(x, y, colour, edge, sign):
        return rect(x, y, 68, 68, 9, edge) + rect(x + 6, y + 6, 56, 56, 6, colour) + sign
    return stand(p, 82) + [
        block(48, 128, p.main, p.dark, disc(82, 162, 17, CREAM)),
        block(124, 128, p.accent, INK if p.name == "night" else p.dark, soft("M158 146l17 29h-34z", CREAM, 5)),
        turned(-7, block(84, 57, p.light, p.main,
                         soft("M118 72l6 13 14 2-10 10 2 14-12-7-12 7 2-14-10-10 14-2z", p.dark, 3)), x=118, y=91),
    ]


def train(p):
    wheels = "".join(disc(x, 178, r, INK) + disc(x, 178, r * .42, p.accent) for x, r in ((66, 20), (118, 20), (172, 20)))
    return stand(p, 88) + [
        disc(72, 34, 13, WHITE, opacity=0.9), disc(92, 24, 17, WHITE, opacity=0.9), disc(116, 20, 12, WHITE, opacity=0.9),
        rect(56, 60, 26, 44, 4, p.dark), rect(50, 54, 38, 13, 6, p.dark),
        rect(36, 96, 112, 66, 26, p.main), rect(54, 108, 76, 10, 5, p.light),
        rect(130, 58, 70, 104, 8, p.dark), rect(122, 50, 86, 16, 8, p.accent), rect(144, 80, 42, 36, 6, CREAM),
        rect(30, 154, 178, 14, 6, INK), rect(98, 84, 20, 14, 6, p.accent), wheels,
    ]


def kite(p):
    return [oval(52, 176, 42, 15, WHITE, opacity=0.85), oval(80, 166, 28, 17, WHITE, opacity=0.85), oval(40, 54, 30, 11, WHITE, opacity=0.8)] + [
        line("M112 158c-26 22 26 32-2 50-16 10-26 12-40 14", INK, 4),
        path("M112 176l-18-7v16zM112 176l18-7v16z", p.accent), path("M106 208l-17-8v16zM106 208l17-6v16z", p.main),
        turned(22, path("M120 20 178 88 120 176z", p.dark), path("M120 20 62 88 120 176z", p.main),
               path("M120 20 178 88H120z", p.accent), path("M120 20 62 88H120z", p.light), line("M120 20v156M62 88h116", INK, 3)),
    ]


def top(p):
    return stand(p, 40) + [line("M44 196q-14-6-8-16M196 196q14-6 8-16", p.dark, 5, opacity=0.5), turned(
        10,
        rect(112, 30, 16, 58, 7, WOOD), disc(120, 32, 13, p.accent),
        path("M42 104c0-20 36-28 78-28s78 8 78 28c0 34-46 62-66 78l-12 16-12-16c-20-16-66-44-66-78z", p.main),
        oval(120, 100, 78, 22, p.light), oval(120, 98, 52, 13, CREAM), oval(120, 97, 26, 6, p.accent),
        path("M58 132c36 16 88 16 124 0-6 10-14 18-22 26-24 8-56 8-80 0-8-8-16-16-22-26z", p.dark))]


def boat(p):
    return [disc(194, 50, 20, YOLK, opacity=0.8), rect(0, 182, 240, 58, 0, "#8dbfe3")] + [
        rect(113, 34, 8, 120, 3, WOOD_DARK),
        path("M126 44c32 26 50 58 56 96h-56z", CREAM), path("M108 56c-26 24-42 50-48 84h48z", p.light),
        path("M121 34h34l-10 9 10 9h-34z", p.accent),
        path("M32 150h176c-6 32-24 50-46 50H80c-24 0-42-18-48-50z", p.main), path("M32 150h176l-4 16H36z", p.dark),
        disc(92, 180, 6, CREAM), disc(120, 180, 6, CREAM), disc(148, 180, 6, CREAM),
        path("M0 198q15-12 30 0t30 0 30 0 30 0 30 0 30 0 30 0 30 0v42H0z", "#6aa5d2"),
    ]


# --- Decoration -------------------------------------------------------------

def vase(p):
    parts = stand(p, 48)
    if p.variant % 2 == 0:
        parts += [line("M120 110 88 58M120 110V44M120 110l34-46", LEAF_DARK, 5), leaf(112, 100, 40, 12, -60, LEAF), leaf(128, 96, 40, 12, 62, LEAF),
                  flower(86, 56, 14, p.accent, GLOW), flower(156, 62, 13, p.accent, GLOW), flower(120, 40, 16, CREAM, YOLK),
                  path("M104 88h32c0 26 30 34 30 66 0 24-10 43-24 43H98c-14 0-24-19-24-43 0-32 30-40 30-66z", p.main),
                  line("M90 154c0-16 8-26 16-36", p.light, 9), rect(98, 82, 44, 12, 6, p.dark)]
    else:
        parts += [line("M122 86C110 60 90 54 78 30M122 86c6-28 20-36 34-52", LEAF_DARK, 5)]
        parts += [leaf(x, y, 32, 12, a, c) for x, y, a, c in
                  ((108, 62, -78, LEAF), (100, 52, 20, LEAF_LIGHT), (88, 42, -84, LEAF), (130, 62, 74, LEAF), (138, 50, -20, LEAF_LIGHT), (148, 44, 80, LEAF), (82, 40, -20, LEAF_LIGHT), (154, 38, 24, LEAF_LIGHT))]
        parts += [path("M102 76h36l-4 26c24 6 44 26 44 50 0 27-24 45-58 45s-58-18-58-45c0-24 20-44 44-50z", p.main),
                  path("M68 132c34-14 70-14 104 0 4 6 6 13 6 20H62c0-7 2-14 6-20z", p.light), rect(96, 70, 48, 12, 6, p.dark)]
    return parts


def clock(p):
    ticks = "".join(rect(117.5, 54, 5, 14, 2, INK, turn=(a, 120, 120)) for a in range(0, 360, 90))
    minor = "".join(rect(118.5, 54, 3, 8, 1, METAL_DARK, turn=(a, 120, 120)) for a in range(30, 360, 30) if a % 90)
    return wall(p) + [
        disc(120, 126, 86, p.dark, opacity=0.25), disc(120, 120, 86, p.main), disc(120, 120, 72, WHITE), minor, ticks,
        line("M120 120 92 100", INK, 9), line("M120 120l38-34", INK, 6), disc(120, 120, 8, p.accent),
    ]


def frame(p):
    return wall(p) + [
        line("M84 46l36-26 36 26", METAL_DARK, 4), disc(120, 20, 5, METAL_DARK),
        rect(44, 46, 160, 164, 4, p.dark, opacity=0.25), rect(40, 42, 160, 164, 5, p.main), rect(40, 42, 160, 10, 4, p.light),
        rect(54, 56, 132, 136, 2, CREAM), rect(70, 72, 100, 104, 0, p.ground),
        disc(142, 98, 13, p.accent), path("M70 150l30-38 26 34 14-16 30 34v12H70z", p.light), path("M70 166q30-20 54-6t46-6v22H70z", p.dark),
    ]


def mirror(p):
    return wall(p) + [
        line("M72 76 120 22l48 54", WOOD_DARK, 8), disc(120, 22, 7, METAL_DARK),
        disc(120, 134, 82, p.dark, opacity=0.25), disc(120, 128, 82, p.main), disc(120, 128, 69, "#dcebf4"),
        line("M78 142l54-54M92 168l82-82M132 172l34-34", WHITE, 11, opacity=0.75),
    ]


# --- Storage ----------------------------------------------------------------

def basket(p):
    return stand(p, 72) + [
        line("M62 100C62 20 178 20 178 100", p.dark, 11),
        path("M88 100c0-40 40-44 46-18 18-10 36 0 34 18z", CREAM), path("M64 100c0-34 42-34 46 0z", p.accent),
        soft("M46 104h148l-18 88H64z", p.main, 8),
        line("M76 126h22M118 126h22M160 126h16M60 126h0M96 148h24M138 148h26M66 148h12M78 170h22M120 170h24M162 170h6", p.light, 9),
        line("M98 137h22M140 137h22M72 137h8M76 159h22M118 159h22M158 159h10M98 181h22M142 181h20", p.dark, 6, opacity=0.6),
        rect(36, 92, 168, 20, 10, p.dark),
    ]


def box(p):
    return stand(p, 80) + [
        rect(46, 92, 148, 104, 6, p.main), rect(46, 92, 148, 22, 4, p.dark),
        rect(36, 58, 168, 46, 9, p.main), rect(36, 58, 168, 16, 8, p.light), line("M40 103h160", p.dark, 4),
        rect(84, 128, 72, 42, 4, METAL_DARK), rect(90, 134, 60, 30, 2, CREAM), line("M100 144h40M100 154h24", p.dark, 4),
    ]


def jar(p):
    grains = ((84, 132), (106, 124), (130, 134), (152, 126), (92, 154), (118, 150), (144, 156), (84, 174), (108, 178), (132, 174), (156, 176))
    return stand(p, 58) + [
        rect(64, 78, 112, 119, 24, WHITE, opacity=0.85),
        path("M64 116q28-10 56 0t56 0v57a24 24 0 0 1-24 24H88a24 24 0 0 1-24-24z", p.main),
        *[disc(x, y, 7, p.light) for x, y in grains],
        rect(80, 66, 80, 18, 6, METAL_LIGHT), soft("M84 42h72l-5 24H89z", WOOD, 6), rect(80, 38, 80, 11, 5, WOOD_LIGHT),
        line("M78 100v54", WHITE, 7, opacity=0.9),
    ]


# --- Bath -------------------------------------------------------------------

def soap(p):
    return stand(p, 76) + [
        rect(46, 140, 152, 56, 24, p.dark), rect(46, 130, 152, 58, 26, p.main),
        turned(-6, rect(62, 76, 124, 58, 26, p.main), rect(62, 70, 124, 56, 26, p.light), rect(90, 86, 68, 24, 12, p.main, opacity=0.5), x=124, y=100),
        disc(60, 62, 17, WHITE, opacity=0.9), disc(54, 56, 5, p.ground), disc(92, 42, 10, WHITE, opacity=0.9), disc(188, 48, 14, WHITE, opacity=0.9),
        disc(183, 43, 4, p.ground), disc(42, 100, 8, WHITE, opacity=0.9), disc(206, 108, 9, WHITE, opacity=0.9),
    ]


def brush(p):
    bristles = "".join(f"M{x} 132v34" for x in range(30, 116, 9))
    return flat(p) + [turned(
        -40,
        line(bristles, p.light, 7),
        path("M24 112c0-12 8-18 20-18h52c30 0 50 14 78 14h36a16 16 0 0 1 0 32h-36c-28 0-48 0-78 0H44c-12 0-20-8-20-20z", WOOD),
        path("M24 118h96v22H44c-12 0-20-8-20-20z", p.main), rect(40, 100, 66, 8, 4, WOOD_LIGHT), disc(208, 124, 5, p.ground))]


def bottle(p):
    return stand(p, 50) + [
        line("M120 62V42h28", INK, 9), rect(104, 38, 34, 13, 6, INK), line("M148 42v8", INK, 9), rect(108, 56, 24, 16, 4, INK),
        path("M104 72h32c0 14 32 12 32 40v69a16 16 0 0 1-16 16H88a16 16 0 0 1-16-16v-69c0-28 32-26 32-40z", p.main),
        path("M104 72h12c0 40-22 40-22 125h-6a16 16 0 0 1-16-16v-69c0-28 32-26 32-40z", p.light, opacity=0.8),
        rect(86, 116, 82, 56, 0, CREAM), leaf(112, 162, 36, 14, 20, LEAF), line("M128 138h26M128 150h16", p.dark, 4),
    ]


# --- Pantry -----------------------------------------------------------------

def tin(p):
    return stand(p, 62) + [
        rect(60, 82, 120, 115, 10, p.main), rect(60, 82, 30, 115, 10, p.light), rect(78, 82, 14, 115, 0, p.light),
        rect(54, 48, 132, 40, 10, p.dark), rect(54, 76, 132, 8, 0, INK, opacity=0.25), rect(104, 36, 32, 16, 8, p.dark),
        disc(124, 140, 37, CREAM), leaf(124, 168, 50, 17, -32, LEAF_DARK), leaf(124, 168, 54, 18, 14, LEAF), leaf(124, 168, 32, 13, 58, LEAF_LIGHT),
    ]


def jam(p):
    return stand(p, 58) + [
        rect(62, 88, 116, 109, 22, WHITE, opacity=0.8), rect(70, 96, 100, 94, 16, p.main), rect(70, 96, 22, 94, 11, p.light, opacity=0.7),
        path("M58 92c-8-30 12-52 62-52s70 22 62 52l-12-8-12 9-13-9-12 9-13-9-13 9-12-9-13 9-12-9z", p.accent),
        *[disc(x, y, 4, CREAM) for x, y in ((84, 62), (106, 54), (132, 56), (154, 64), (96, 74), (120, 72), (144, 76))],
        line("M72 85q48 10 96 0", p.dark, 5),
        rect(84, 114, 72, 54, 6, CREAM), disc(110, 146, 11, p.main), disc(130, 146, 11, p.dark), line("M110 138q6-12 16-14M130 138q0-8-4-14", LEAF_DARK, 4),
    ]


def coffee(p):
    def bean(x, y, a):
        return oval(x, y, 12, 8, "#6f4b38", turn=(a, x, y)) + line(f"M{x - 8} {y}q8-5 16 0", "#4c3226", 2.5, turn=(a, x, y))
    return stand(p, 66) + [
        path("M68 58h104l12 132a7 7 0 0 1-7 7H63a7 7 0 0 1-7-7z", p.main), path("M68 58h26l-8 139H63a7 7 0 0 1-7-7z", p.light),
        soft("M70 34h100v26H70z", p.dark, 6), line("M72 50h96", p.light, 4), rect(56, 44, 12, 14, 4, METAL), rect(172, 44, 12, 14, 4, METAL),
        disc(122, 128, 36, CREAM), oval(122, 128, 17, 24, "#6f4b38", turn=(28, 122, 128)), line("M122 106q-10 22 0 44", "#4c3226", 4, turn=(28, 122, 128)),
        bean(196, 200, -20), bean(40, 204, 24), bean(178, 212, 10),
    ]


# --- Bags and travel --------------------------------------------------------

def tote(p):
    return stand(p, 66) + [
        line("M88 88V62a32 32 0 0 1 64 0v26", p.dark, 10),
        path("M54 82h132l8 106a8 8 0 0 1-8 9H54a8 8 0 0 1-8-9z", p.main), path("M54 82h132l1 14H53z", p.dark, opacity=0.55),
        line("M88 82v26M152 82v26", p.dark, 10),
        disc(120, 146, 34, CREAM, opacity=0.95), leaf(120, 174, 52, 15, 0, p.dark), leaf(120, 172, 40, 13, -50, p.accent), leaf(120, 172, 40, 13, 50, p.accent),
    ]


def backpack(p):
    return stand(p, 74) + [
        line("M102 52V42a18 18 0 0 1 36 0v10", INK, 9),
        rect(36, 118, 30, 68, 14, p.dark), rect(174, 118, 30, 68, 14, p.dark),
        path("M54 106c0-38 26-62 66-62s66 24 66 62v70a20 20 0 0 1-20 21H74a20 20 0 0 1-20-21z", p.main),
        path("M56 96c4-32 30-52 64-52s60 20 64 52v22H56z", p.dark), line("M82 66q16-12 38-12", p.light, 7),
        rect(74, 138, 92, 46, 12, p.light), line("M84 152h72", p.dark, 5),
        rect(84, 100, 14, 40, 4, WOOD), rect(142, 100, 14, 40, 4, WOOD), rect(81, 118, 20, 13, 3, p.accent), rect(139, 118, 20, 13, 3, p.accent),
    ]


def umbrella(p):
    return wall(p) + [turned(
        14,
        line("M120 34V24", INK, 8), line("M120 110v82a17 17 0 0 1-34 0", WOOD_DARK, 10),
        path("M24 124a96 92 0 0 1 192 0q-16-16-32 0-16-16-32 0-16-16-32 0-16-16-32 0-16-16-32 0-16-16-32 0z", p.main),
        path("M120 32C96 56 88 88 88 124q-16-16-32 0-16-16-32 0a96 92 0 0 1 96-92z", p.light),
        path("M120 32c24 24 32 56 32 92q-16-16-32 0-16-16-32 0c0-36 8-68 32-92z", p.accent))]


def flask(p):
    return stand(p, 46) + [
        rect(98, 28, 44, 38, 9, INK), rect(98, 28, 14, 38, 7, METAL_DARK), rect(92, 60, 56, 14, 5, METAL),
        path("M92 72h56c0 14 18 16 18 38v70a17 17 0 0 1-17 17H91a17 17 0 0 1-17-17v-70c0-22 18-24 18-38z", p.main),
        path("M92 72h14c0 30-12 40-12 125h-3a17 17 0 0 1-17-17v-70c0-22 18-24 18-38z", p.light, opacity=0.8),
        rect(74, 160, 92, 12, 0, p.dark), path("M104 146l18-26 12 16 6-8 14 18z", CREAM),
    ]


# --- Writing ----------------------------------------------------------------

def named_pictures():
    with open(HERE / "images.csv", encoding="utf-8", newline="") as rows:
        addresses = [row["image_url"] for row in csv.DictReader(rows)]
    return sorted({re.fullmatch(r"sample:/([a-z]+-[a-z]+)\.svg", address)[1] for address in addresses})


def main():
    names = named_pictures()
    folder = HERE / "images"
    folder.mkdir(exist_ok=True)
    variants = {}
    for name in names:
        shape, palette = name.split("-")
        variant = variants.get(shape, 0)
        variants[shape] = variant + 1
        p = Palette(palette, variant)
        body = "\n".join([f'<rect width="240" height="240" fill="{p.ground}"/>'] + globals()[shape](p))
        (folder / f"{name}.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 240 240">\n'
            f"{body}\n</svg>\n", encoding="utf-8")
    for left in folder.glob("*.svg"):
        if left.stem not in names:
            left.unlink()
    size = sum(file.stat().st_size for file in folder.glob("*.svg"))
    print(f"{len(names)} pictures of {len(variants)} shapes, {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
