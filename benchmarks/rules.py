"""How often correction rules speak up on text that is right, and how long they take.

    python benchmarks/rules.py TEXT.txt… [--labels LABELS.tsv] [--lines 20000] [--seed 7] [--show 3]

Texts are cut into lines of 60 characters as on paper and spelled as the recogniser spells them:
full-width digits and letters as plain ones. What is counted is not always wrong: such texts
hold mistakes of their own, so ``--show`` prints some of what each rule found. With ``--labels``
(``benchmarks/lines.py``) the labels of lines are used whole.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from desktop_ocr.engine.correct.rules import load_rules
from desktop_ocr.paths import resource
from desktop_ocr.training.evaluate import read_labels

WIDTH = 60
PLAIN = {
    0xFF01 + i: 0x21 + i for i in range(94) if chr(0x21 + i).isalnum()
}  # full-width digits and letters


def pieces(files: list[Path], count: int, seed: int) -> list[str]:
    """Draw lines of the files, and cut them."""
    whole = [
        line for file in files for line in file.read_text("utf-8").splitlines() if line.strip()
    ]
    drawn = random.Random(seed).sample(whole, min(count, len(whole)))
    return [
        line[at : at + WIDTH].translate(PLAIN)
        for line in drawn
        for at in range(0, len(line), WIDTH)
    ]


def main() -> int:
    """Print how often rules speak up, by rule."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("texts", type=Path, nargs="*")
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, metavar="MOST")
    given = parser.parse_args()
    lines = pieces(given.texts, given.lines, given.seed)
    if given.labels:
        lines += [label.text for label in read_labels(given.labels)]
    rules = load_rules(resource("rules") / "none")  # without the user's own
    characters = sum(map(len, lines))
    by_rule: Counter[tuple[str, str]] = Counter()
    shown: list[str] = []
    start = time.perf_counter()
    for line in lines:
        text, corrections = rules.apply_safe(line)
        done = [("changed", made.rule) for made in corrections]
        done += [("suggested", found.rule) for found in rules.suggest(text)]
        for each in done:
            by_rule[each] += 1
            if by_rule[each] <= given.show:
                shown.append(f"{each[1]}: {line}")
    seconds = time.perf_counter() - start
    print(f"{len(lines)} lines, {characters} characters, {len(list(rules))} rules")
    print(f"{1000 * seconds / max(len(lines), 1):.2f} ms a line")
    for kind in ("changed", "suggested"):
        found = {rule: count for (what, rule), count in by_rule.items() if what == kind}
        total = sum(found.values())
        print(f"{kind}: {total}, {100_000 * total / max(characters, 1):.2f} per 100,000 characters")
        for rule, count in sorted(found.items(), key=lambda pair: -pair[1]):
            print(f"    {rule}: {count}")
    print(*sorted(shown), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
