"""What a step of preparing a page did, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_ocr.document.model import Step

translate = QCoreApplication.translate


def step_fact(step: Step) -> str:
    """Return what a step did to a page, with what it found."""

    def value(name: str) -> float:
        return float(step.parameters.get(name) or 0)

    def number(name: str, digits: int = 0) -> str:
        return f"{value(name):.{digits}f}"

    def percent(share: float) -> str:
        return str(round(100 * share))

    match step.name:
        case "paper":
            said = translate("StepFacts", "A sheet was found, {0} % of the picture")
            return said.format(percent(value("share")))
        case "deskew":
            return translate("StepFacts", "Turned back by {0}°").format(number("angle", 1))
        case "flatten":
            said = translate("StepFacts", "Divided out: brightness of the paper differed by {0}")
            return said.format(number("unevenness"))
        case "clahe":
            return translate("StepFacts", "Raised by at most {0}").format(number("clip", 1))
        case "denoise":
            return translate("StepFacts", "Taken away: noise of {0}").format(number("noise", 1))
        case "stamps" | "rulings":
            return translate("StepFacts", "Removed: {0} pixels").format(number("pixels"))
        case "sharpen":
            return translate("StepFacts", "Sharpened by {0}").format(number("amount", 1))
        case "scale" if value("factor") > 1:
            return translate("StepFacts", "Enlarged {0} times").format(number("factor", 1))
        case "scale":
            said = translate("StepFacts", "Seen at {0} % of its size")
            return said.format(percent(value("factor")))
        case _:
            return ""
