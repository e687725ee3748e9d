"""Language detectors under one interface: a text in, a code and how certain it is out. Those that are not installed are left out."""

import math
import os
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from processors.language.code import UNDETERMINED, code_of
from processors.language.mode import LANGDETECT, LINGUA, VARIABLE

Detector = Callable[[str], tuple[str, float]]


def _moisson(mode: str | None) -> Detector:
    from processors.language.detector import detect

    def identify(text: str) -> tuple[str, float]:
        if mode:
            os.environ[VARIABLE] = mode
        else:
            os.environ.pop(VARIABLE, None)
        return next(iter(detect(text).items()), (UNDETERMINED, 0.0))

    return identify


def _py3langid() -> Detector:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def identify(text: str) -> tuple[str, float]:
        label, share = identifier.classify(text)
        return code_of(label), float(share)

    return identify


def _lingua() -> Detector:
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().build()

    def identify(text: str) -> tuple[str, float]:
        found = detector.compute_language_confidence_values(text)
        return (code_of(found[0].language.iso_code_639_1.name), found[0].value) if found else (UNDETERMINED, 0.0)

    return identify


def makers() -> dict[str, Callable[[], Detector]]:
    """How each detector is made, ours first."""
    found: dict[str, Callable[[], Detector]] = {
        "moisson": lambda: _moisson(None),
        "langdetect": lambda: _moisson(LANGDETECT),
        "py3langid": _py3langid,
    }
    if find_spec("lingua"):
        found["lingua"] = _lingua
        found["moisson+lingua"] = lambda: _moisson(LINGUA)
    return found


def cost(name: str) -> tuple[float, float, float]:
    """CPU seconds and wall seconds to the first answer, and by how many MB the process grew at its peak, in this process."""
    before = _memory("VmRSS")
    cpu, wall = time.process_time(), time.perf_counter()
    identify = makers()[name]()
    identify("Combien coûte une année d'études à l'université ?")
    spent = time.process_time() - cpu, time.perf_counter() - wall
    return *spent, _memory("VmHWM") - before


def _memory(field: str) -> float:
    """MB of this process by Linux; nothing elsewhere."""
    status = Path("/proc/self/status")
    if not status.exists():
        return math.nan
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith(f"{field}:"))
    return int(line.split()[1]) / 1024
