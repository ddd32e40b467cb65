# SPDX-License-Identifier: GPL-3.0-or-later
"""Three small graphs side by side, as plain SVG."""
import math

WIDTH, HEIGHT, GAP = 300, 220, 24
LEFT, RIGHT, TOP, BOTTOM = 52, 22, 34, 40
COLOURS = ["#1b6ca8", "#c4572a", "#5a7d2b"]


def ceiling(value):
    """The next of 1, 2, 5, 10, … at or above it."""
    unit = 10 ** math.floor(math.log10(value)) if value > 0 else 1
    return next(step * unit for step in (1, 2, 5, 10) if step * unit >= value)


def number(value):
    return f"{value:,.0f}" if value >= 10 or value == 0 else f"{value:g}"


class Panel:
    def __init__(self, x, title, across, up, series, logarithmic=False):
        """series: [(label, [[x, y], …], joined)]"""
        self.x, self.title, self.across, self.up, self.series, self.log = x, title, across, up, series, logarithmic
        points = [point for _, row, _ in series for point in row]
        self.low = min(p[0] for p in points) if logarithmic else 0
        self.most = max(p[0] for p in points) if logarithmic else ceiling(max(p[0] for p in points))
        self.top = ceiling(max(p[1] for p in points) * (1.4 if len(series) > 1 else 1))  # room for the words

    def place(self, x, y):
        across = math.log(x / self.low) / math.log(self.most / self.low) if self.log else x / self.most
        return self.x + LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y / self.top * (HEIGHT - TOP - BOTTOM)

    def text(self, x, y, words, anchor="middle", size=11, colour="#333"):
        return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}">{words}</text>'

    def axes(self):
        left, bottom = self.x + LEFT, HEIGHT - BOTTOM
        out = [self.text(self.x + WIDTH / 2, 16, self.title, size=13), self.text(left + (WIDTH - LEFT - RIGHT) / 2, HEIGHT - 8, self.across)]
        for part in range(5):
            y = bottom - part / 4 * (HEIGHT - TOP - BOTTOM)
            out.append(f'<line x1="{left}" y1="{y:.1f}" x2="{self.x + WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>')
            out.append(self.text(left - 6, y + 4, number(self.top * part / 4), "end"))
        ticks = [p[0] for p in self.series[0][1]] if self.log else [self.most * part / 4 for part in range(5)]
        out += [self.text(self.place(tick, 0)[0], bottom + 16, number(tick)) for tick in ticks]
        return out

    def draw(self):
        out = self.axes()
        for i, (label, row, joined) in enumerate(self.series):
            places = [self.place(*point) for point in row]
            if joined:
                out.append(f'<polyline fill="none" stroke="{COLOURS[i]}" stroke-width="2" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>')
            out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{COLOURS[i]}"/>' for x, y in places]
            out.append(self.text(self.x + LEFT + 6, TOP + 10 + 14 * i, label if len(self.series) > 1 else self.up, "start", colour=COLOURS[i]))
        return "\n".join(out)


def svg(growth):
    passages = growth["passages"]
    panels = [
        Panel(0, "A document", "pages", "CPU seconds", [("", growth["pages"], False)]),
        Panel(WIDTH + GAP, "A folder", "documents", "CPU seconds", [("", growth["documents"], True)]),
        Panel(2 * (WIDTH + GAP), "An evidence file", "passages in it", "", [
            ("CPU seconds: one more document", [[r[0], r[1]] for r in passages], True),
            ("unchanged files passed over", [[r[0], r[2]] for r in passages], True),
            ("a search", [[r[0], r[3]] for r in passages], True)], logarithmic=True),
    ]
    width = 3 * WIDTH + 2 * GAP
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" font-family="sans-serif">\n'
            f'<rect width="{width}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(panel.draw() for panel in panels) + "\n</svg>\n")
