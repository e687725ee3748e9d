"""py3langid's model: the same features and the same sums as its own `rank`, at a fraction of the time.

Its automaton reads bytes, one state a byte, and most states stand for a feature. Here a state is a mapping from byte to
state, filled when a transition is first taken, so that `accumulate(bytes, getitem)` walks a text without a line of
Python. Its weights stay in half precision, as shipped, and are widened by a table: the processor's conversion is slower.
"""

import io
import lzma
import operator
import struct
import zipfile
from functools import cache
from itertools import accumulate
from pathlib import Path

import numpy as np
import py3langid
from numpy.typing import NDArray

_MODEL = Path(py3langid.__file__).parent / "data" / "model.npz.xz"
# Transitions remembered before all are forgotten, about 25 MB.
_REMEMBERED = 150_000
_CHUNK = 1 << 20
# Where a local file header of the zip format holds the lengths of name and extra field, which the data follow.
_NAME_LENGTH_AT, _HEADER = 26, 30
_ALIGNED = 64

Floats = NDArray[np.float32]


class _State(dict[int, "_State"]):
    """A state that learns its transitions from the automaton as they are taken."""

    __slots__ = ("automaton", "feature", "row")

    def __init__(self, automaton: "Automaton", number: int) -> None:
        self.automaton = automaton
        self.row = automaton.row.item(number) << 8
        self.feature = automaton.feature.item(number)

    def __missing__(self, byte: int) -> "_State":
        automaton = self.automaton
        state = self[byte] = automaton.state(automaton.move.item(self.row + byte))
        automaton.learned += 1
        return state


_feature = operator.attrgetter("feature")


class Automaton:
    """The labels that the model knows (some twice, once a script) and the scores of a text."""

    def __init__(self, arrays: dict[str, NDArray[np.generic]]) -> None:
        self.labels: tuple[str, ...] = tuple(arrays["classes"].tolist())
        self.prior = arrays["pc"].astype(np.float32)
        self.halves = arrays["ptc"].view(np.uint16)
        self.wide = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)
        self.move, self.row, self.feature = arrays["nextmove"], arrays["nextmove_row"], arrays["out_feat"]
        self.states: dict[int, _State] = {}
        self.learned = 0

    def state(self, number: int) -> _State:
        """The state of a number, made when it is first asked for."""
        state = self.states.get(number)
        if state is None:
            state = self.states[number] = _State(self, number)
        return state

    def score(self, text: str) -> Floats | None:
        """A score a label, divided by the root of the text's bytes; nothing where no feature is found.

        Dividing is what py3langid does for its probabilities: overlapping features are not independent.
        """
        if self.learned > _REMEMBERED:
            self.states.clear()
            self.learned = 0
        data = text.encode("utf-8", "replace")
        walk = accumulate(data, operator.getitem, initial=self.state(0))
        found = np.fromiter(map(_feature, walk), dtype=np.int64, count=len(data) + 1)
        rows, counts = np.unique(found[found >= 0], return_counts=True)
        if not len(rows):
            return None
        weights = self.wide.take(self.halves[rows])
        # Without BLAS, whose threads would cost more than they bring.
        summed: Floats = np.einsum("i,ij->j", np.log1p(counts).astype(np.float32), weights)
        return (summed + self.prior) / np.float32(np.sqrt(len(data)))


@cache
def automaton() -> Automaton:
    """The model that py3langid ships, read once: arrays that are views of one unpacked block."""
    block = io.BytesIO()
    with lzma.open(_MODEL) as packed:
        chunk = packed.read(_CHUNK)
        # So many bytes before the archive that its first array, the large one that rows are taken from, is aligned.
        name, extra = struct.unpack_from("<HH", chunk, _NAME_LENGTH_AT)
        block.write(bytes(-(_HEADER + name + extra) % _ALIGNED))
        while chunk:
            block.write(chunk)
            chunk = packed.read(_CHUNK)
    with zipfile.ZipFile(block) as archive:
        return Automaton({info.filename.removesuffix(".npy"): _view(block, info) for info in archive.infolist()})


def _view(block: io.BytesIO, info: zipfile.ZipInfo) -> NDArray[np.generic]:
    """A stored array of an archive in memory, without copying it."""
    block.seek(info.header_offset + _NAME_LENGTH_AT)
    name, extra = struct.unpack("<HH", block.read(4))
    block.seek(name + extra, io.SEEK_CUR)
    np.lib.format.read_magic(block)
    shape, _, dtype = np.lib.format.read_array_header_1_0(block)
    size = int(np.prod(shape))
    return np.frombuffer(block.getbuffer(), dtype=dtype, count=size, offset=block.tell()).reshape(shape)
