"""py3langid's model: the same features and the same sums as its own `rank`, at a fraction of the time.

Its automaton reads bytes, one state a byte, and most states stand for a feature. A state depends on no more bytes than the
longest feature has, so that all positions of a text take their last steps side by side, in a few numpy operations. The
weights stay in half precision, as shipped, and are widened by a table: the processor's conversion is slower.
"""

import io
import lzma
import struct
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import py3langid
from numpy.typing import NDArray

_MODEL = Path(py3langid.__file__).parent / "data" / "model.npz.xz"
# The longest feature of the model, in bytes.
_LONGEST = 6
_CHUNK = 1 << 20
# Where a local file header of the zip format holds the lengths of name and extra field, which the data follow.
_NAME_LENGTH_AT = 26
_ALIGNED = 8

Floats = NDArray[np.float32]


class Automaton:
    """The labels that the model knows (some twice, once a script) and the scores of a text."""

    def __init__(self, arrays: dict[str, NDArray[np.generic]]) -> None:
        self.labels: tuple[str, ...] = tuple(arrays["classes"].tolist())
        self.prior = arrays["pc"].astype(np.float32)
        self.halves = arrays["ptc"].view(np.uint16)
        self.wide = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)
        self.move, self.feature = arrays["nextmove"], arrays["out_feat"]
        self.base = arrays["nextmove_row"].astype(np.int64) << 8

    def features(self, data: bytes) -> NDArray[np.int64]:
        """The features of a text's bytes, in reading order."""
        read = np.frombuffer(data, dtype=np.uint8)
        state = np.zeros(len(read), dtype=np.int64)
        for back in range(min(_LONGEST, len(read)) - 1, -1, -1):
            state[back:] = self.move.take(self.base.take(state[back:]) + read[: len(read) - back])
        found: NDArray[np.int64] = self.feature.take(state).astype(np.int64)
        return found[found >= 0]

    def score(self, text: str) -> Floats | None:
        """A score a label, divided by the root of the text's bytes; nothing where no feature is found.

        Dividing is what py3langid does for its probabilities: overlapping features are not independent.
        """
        data = text.encode("utf-8", "replace")
        rows, counts = np.unique(self.features(data), return_counts=True)
        if not len(rows):
            return None
        weights = self.wide.take(self.halves.take(rows, axis=0))
        # Without BLAS, whose threads would cost more than they bring.
        summed: Floats = np.einsum("i,ij->j", np.log1p(counts).astype(np.float32), weights)
        return (summed + self.prior) / np.float32(np.sqrt(len(data)))


@cache
def automaton() -> Automaton:
    """The model that py3langid ships, read once: arrays that are views of one unpacked block."""
    block = io.BytesIO()
    with lzma.open(_MODEL) as packed:
        while chunk := packed.read(_CHUNK):
            block.write(chunk)
    with zipfile.ZipFile(block) as archive:
        return Automaton({info.filename.removesuffix(".npy"): _view(block, info) for info in archive.infolist()})


def _view(block: io.BytesIO, info: zipfile.ZipInfo) -> NDArray[np.generic]:
    """A stored array of an archive in memory, moved over its own header to where numpy reads it fast, not copied."""
    block.seek(info.header_offset + _NAME_LENGTH_AT)
    name, extra = struct.unpack("<HH", block.read(4))
    block.seek(name + extra, io.SEEK_CUR)
    np.lib.format.read_magic(block)
    shape, _, dtype = np.lib.format.read_array_header_1_0(block)
    size, start = int(np.prod(shape)), block.tell()
    aligned = start - start % _ALIGNED
    memory = block.getbuffer()
    memory[aligned : aligned + size * dtype.itemsize] = memory[start : start + size * dtype.itemsize]
    return np.frombuffer(memory, dtype=dtype, count=size, offset=aligned).reshape(shape)
