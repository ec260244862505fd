"""Measures the build against Jupyter Book as it comes, and writes BENCHMARKS.md: `make bench`.

Runs are made in turns, so that whatever else the machine does meets both alike; medians are compared.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.books import generated, real
from bench.measuring import Cost, book, cells, konzept, run
from folders import PROGRAM, rows, write

Costs = dict[str, list[Cost]]


def clean(project: Path, *, keep: tuple[str, ...] = (".diagramme", ".schriften")) -> None:
    """Remove what was built, but for what is named."""
    build = project / "_build"
    for path in build.iterdir() if build.is_dir() else ():
        if path.name not in keep:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def measure(project: Path, page: str, pairs: int, costs: Costs, *, whole: bool) -> None:
    """Measure a book's cases in turns."""
    clean(project)
    if not (project / "_build/.diagramme").is_dir():
        book(project)  # draws the charts once, for both
    text, code = (project / page).read_text("utf-8"), project / "scripts/konzept/words/labels.py"
    for i in range(pairs):
        clean(project)
        costs["J: Jupyter Book, sauber"].append(book(project, stock=True))
        costs["N: Jupyter Book, nichts geändert"].append(book(project, stock=True))
        clean(project)
        costs["sauber"].append(book(project))
        costs["nichts geändert"].append(book(project))
        (project / page).write_text(f"{text}\n\nNoch ein Satz, der {i}.\n", "utf-8")
        costs["Text geändert"].append(book(project))
        edited = text.replace("field = kapitel", f"runde = {i}\nfield = kapitel", 1)
        assert edited != text
        (project / page).write_text(edited, "utf-8")
        costs["Zelle geändert"].append(book(project))
        (project / page).write_text(text, "utf-8")
        book(project)
        titles = project / "data/massnahmen.csv"
        kept = titles.read_text("utf-8-sig")
        titles.write_text(kept.replace("erstellen", f"erstellen {i}", 1), "utf-8-sig")
        costs["Daten geändert"].append(book(project))
        titles.write_text(kept, "utf-8-sig")
        code.write_text(code.read_text("utf-8") + f"# {i}\n", "utf-8")
        costs["Programm geändert"].append(book(project))
        clean(project, keep=(".diagramme", ".schriften", ".jupyter_cache"))
        costs["S: Ausgaben bekannt"].append(book(project))
        costs["P: alle Zellen in einem Prozess"].append(cells(project))
        if whole:
            costs["PDF"].append(book(project, builder="pdf"))
            costs["konzept check"].append(konzept(project, "check"))


def drawing(project: Path, costs: Costs) -> float:
    """Measure what drawing all charts takes, in seconds a chart (each in two widths)."""
    clean(project, keep=(".schriften", ".jupyter_cache"))
    costs["Diagramme zeichnen"].append(drawn := book(project))
    count = len(list((project / "_build/.diagramme").glob("*.svg"))) / 2
    return (drawn.cpu - median(costs["S: Ausgaben bekannt"])) / count


def checking(project: Path, observations: int, pairs: int) -> tuple[float, float]:
    """Measure `konzept check` on many observations, and pandas alone reading the same files."""
    data = project / "data"
    known = rows(data, "messwerte")
    series = {
        (r["indikator_id"], r["gebiet_id"], r["gruppe_id"]): r
        for r in known
        if r["art"] == "ist" and r["zeit"] == r["jahr"] and r["genauigkeit"] == "genau"
    }
    there = {(r["indikator_id"], r["gebiet_id"], r["gruppe_id"], r["jahr"]) for r in known}
    years = [(key, str(year)) for year in range(2022, 1899, -1) for key in series]
    more = [{**series[key], "zeit": year, "jahr": year} for key, year in years if (*key, year) not in there]
    more = more[: observations - len(known)]
    assert len(known) + len(more) == observations
    write(data, "messwerte", [*known, *more])
    code = (
        "import pandas as pd, pathlib\n"
        "for p in pathlib.Path('data').glob('*.csv'): pd.read_csv(p, sep=';', decimal=',')"
    )
    ours, pandas = [], []
    for _ in range(pairs):
        ours.append(konzept(project, "check").cpu)
        pandas.append(run([sys.executable, "-c", code], project).cpu)
    return statistics.median(ours), statistics.median(pandas)


def median(costs: list[Cost], what: str = "cpu") -> float:
    return statistics.median(getattr(cost, what) for cost in costs)


def goals(costs: Costs) -> list[tuple[str, str, float, float]]:
    """Compare with what was aimed at: case, against what, the ratio, the goal."""
    p, s = median(costs["P: alle Zellen in einem Prozess"]), median(costs["S: Ausgaben bekannt"])
    j, n = median(costs["J: Jupyter Book, sauber"]), median(costs["N: Jupyter Book, nichts geändert"])
    memory = median(costs["J: Jupyter Book, sauber"], "memory")
    return [
        ("sauber", "P + S", median(costs["sauber"]) / (p + s), 1.25),
        ("sauber", "J", median(costs["sauber"]) / j, 0.33),
        ("nichts geändert", "N", median(costs["nichts geändert"]) / n, 1.1),
        ("Text geändert", "N", median(costs["Text geändert"]) / n, 1.6),
        ("Zelle geändert", "N", median(costs["Zelle geändert"]) / n, 2.2),
        ("Speicher, sauber", "J", median(costs["sauber"], "memory") / memory, 1.4),
    ]


def report(books: dict[str, Costs], extra: list[str], pairs: int) -> str:
    """Write the report."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _read("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    lines = [
        "# Messungen",
        "",
        f"{dt.date.today():%d.%m.%Y} · {cpu}, {os.cpu_count()} Kerne, {memory:.0f} GB · {platform.system()} "
        f"{platform.release()} · Python {platform.python_version()} · "
        f"{'ein Durchgang' if pairs == 1 else f'Median aus {pairs} Durchgängen im Wechsel'}.",
        "",
        "Gemessen ist die Rechenzeit aller beteiligten Prozesse in Sekunden, bei gezeichneten Diagrammen und ohne PDF.",
        "J und N sind `jupyter-book build` desselben Inhalts mit einem Kernel je Seite, S ist ein sauberer Bau mit",
        "bekannten Ausgaben, P sind alle Zellen aller Seiten in einem Prozess. Speicher: Summe der PSS zur höchsten Zeit.",
        "`make bench` misst neu und schreibt diese Datei.",
    ]
    for title, costs in books.items():
        lines += ["", f"## {title}", "", "| Fall | CPU s | Dauer s | Speicher MB |", "|---|--:|--:|--:|"]
        lines += [
            f"| {name} | {median(c):.1f} | {median(c, 'wall'):.1f} | {_memory(c)} |"
            for name, c in costs.items()
        ]
        if "J: Jupyter Book, sauber" in costs:
            lines += ["", "| Ziel | Verhältnis | höchstens | erreicht |", "|---|--:|--:|---|"]
            lines += [
                f"| {case} / {against} | {ratio:.2f} | {limit:.2f} | {'ja' if ratio <= limit else '**nein**'} |"
                for case, against, ratio, limit in goals(costs)
            ]
            shown = {
                k: v for k, v in costs.items() if not k.startswith(("P:", "S:")) and k != "konzept check"
            }
            names = ", ".join(f'"{k.partition(":")[0]}"' for k in shown)
            values = ", ".join(f"{median(v):.1f}" for v in shown.values())
            lines += [
                "",
                "```mermaid",
                "xychart-beta",
                f'  title "CPU-Sekunden: {title}"',
                f"  x-axis [{names}]",
            ]
            lines += [f"  bar [{values}]", "```"]
    return "\n".join([*lines, "", "## Einzelnes", "", *(f"- {line}" for line in extra), ""])


def _memory(costs: list[Cost]) -> str:
    # Looked at four times a second: of a shorter run it has not seen the most.
    return f"{median(costs, 'memory'):.0f}" if median(costs, "wall") >= 1 else "–"


def _read(path: str) -> list[str]:
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:
        return []


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="*", default=[15, 60, 240])
    parser.add_argument("--no-real", action="store_true")
    options = parser.parse_args()
    books: dict[str, Costs] = {}
    extra: list[str] = []

    def write_report() -> None:
        (PROGRAM / "BENCHMARKS.md").write_text(report(books, extra, options.pairs), "utf-8")

    with tempfile.TemporaryDirectory() as work:
        if not options.no_real:
            project = real(Path(work) / "echt")
            books["Das Buch"] = defaultdict(list)
            measure(project, "book/chapters/01-bildung.md", options.pairs, books["Das Buch"], whole=True)
            each = drawing(project, books["Das Buch"])
            extra.append(f"Zeichnen je Abbildung (in zwei Breiten): {each:.2f} CPU s; Ziel höchstens 0,20.")
            ours, pandas = checking(project, 25_000, options.pairs)
            extra.append(
                f"`konzept check` mit 25 000 Messwerten: {ours:.1f} CPU s; pandas allein: {pandas:.1f}; "
                f"Verhältnis {ours / pandas:.1f}, Ziel höchstens 2."
            )
            write_report()
        cold = {}
        for size in options.sizes:
            project = generated(Path(work) / f"teile{size}", size)
            costs = books[f"{size} erzeugte Kapitel"] = defaultdict(list)
            if size <= 60:
                measure(project, "book/chapters/001-teil.md", options.pairs, costs, whole=False)
            else:
                book(project)
                for _ in range(options.pairs):
                    clean(project)
                    costs["sauber"].append(book(project))
            cold[size] = median(costs["sauber"])
            write_report()
        if {60, 240} <= set(cold):
            ratio = cold[240] / (4 * cold[60])
            extra.append(f"240 statt 60 Kapitel: {ratio:.2f}-mal so viel wie viermal 60; Ziel höchstens 1,3.")
    write_report()
    print((PROGRAM / "BENCHMARKS.md").read_text("utf-8"))


if __name__ == "__main__":
    main()
