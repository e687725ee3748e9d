"""Four models weigh each other's opinion: a score a language, of which only differences mean something.

py3langid judges over all its labels, so that a language outside of the supported ones shows; langdetect's profiles judge
among the supported ones, ELD's pieces among those that they know, and both are neutral about others. CLD2 votes, and what
it alone knows is thought of only where it names it.
"""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from processors.language.automaton import automaton
from processors.language.code import code_of, lexicon
from processors.language.pieces import piece_scores, pieces_languages
from processors.language.profiles import profiles
from processors.language.votes import votes, voting_languages

# How much the other models count beside py3langid's; a vote for a language that has no words here says more, for CLD2
# seldom names one by mistake. Fitted by likelihood on translated messages and lexicon examples, half of them held out.
_PROFILES, _PIECES = 0.48, 2.18
_VOTE, _VOTE_ELSEWHERE = 1.07, 3.54
# Of the likeliest language's piece weight what a language has that ELD does not know; and how far behind the likeliest
# of py3langid's labels a language stands that only CLD2 knows.
_NEUTRAL = 0.984
_BEHIND = 0.3

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fusion:
    """How the columns of the models come together: a code a row, py3langid's first (some more than one label's)."""

    codes: tuple[str, ...]
    number: dict[str, int]
    supported: NDArray[np.bool_]
    order: NDArray[np.int64]
    starts: NDArray[np.int64]
    profile: NDArray[np.int64]
    pieces: dict[str, list[int]]  # the rows that ELD judges by a code it knows
    unknown_piece: Floats  # 1 for the languages that it does not judge, else 0
    prior: Floats  # log odds

    def scores(self, text: str) -> Floats | None:
        """A score a code; nothing where py3langid knows no feature of the text."""
        text = text.encode("utf-8", "replace").decode()
        theirs = automaton().score(text)
        if theirs is None:
            return None
        fused = np.full(len(self.codes), -np.inf, dtype=np.float32)
        fused[: len(self.starts)] = np.maximum.reduceat(theirs[self.order], self.starts)
        named = [(self.number[code], share) for code, share in votes(text).items()]
        only_voted = [number for number, _ in named if number >= len(self.starts)]
        fused[only_voted] = fused.max() - _BEHIND
        if (ours := profiles().score(text)) is not None:
            fused += np.float32(_PROFILES) * np.where(self.supported, ours[self.profile], ours.max())
        fused += np.float32(_PIECES) * self._pieces(text)
        for number, share in named:
            fused[number] += share * (_VOTE if self.supported[number] else _VOTE_ELSEWHERE)
        return fused

    def _pieces(self, text: str) -> Floats:
        """The weights of all pieces, divided by the root of their number as the other models do."""
        count, means = piece_scores(text)
        judged = self.unknown_piece * np.float32(_NEUTRAL * max(means.values(), default=0.0))
        for code, mean in means.items():
            judged[self.pieces[code]] = mean
        return judged * np.float32(math.sqrt(count))


@cache
def fusion() -> Fusion:
    """The models, loaded, and how they come together."""
    # Unpacking lets go of the interpreter, so that the profiles are read meanwhile.
    with ThreadPoolExecutor(1) as thread:
        model = thread.submit(automaton)
        profiles()
    labels = [code_of(label) for label in model.result().labels]
    order = np.array(sorted(range(len(labels)), key=lambda column: labels[column]))
    known = sorted(set(labels))
    starts = np.searchsorted(np.array([labels[column] for column in order]), np.array(known))
    codes = (*known, *sorted({*voting_languages()} - {*known}))
    column = {code_of(language): number for number, language in enumerate(profiles().languages)}
    odds, like = lexicon().odds, lexicon().like
    pieces = {
        known_piece: [number for number, code in enumerate(codes) if known_piece in (code, like.get(code))]
        for known_piece in pieces_languages()
    }
    prior = [0.0 if code in column else float(np.log(odds.get(code, odds["other"]))) for code in codes]
    return Fusion(
        codes,
        {code: number for number, code in enumerate(codes)},
        np.array([code in column for code in codes]),
        order,
        starts,
        np.array([column.get(code, 0) for code in codes]),
        pieces,
        np.array(
            [not any(number in rows for rows in pieces.values()) for number in range(len(codes))], dtype=np.float32
        ),
        np.array(prior, dtype=np.float32),
    )


@cache
def supported() -> frozenset[str]:
    """The languages that have words here: langdetect's."""
    return frozenset(map(code_of, profiles().languages))
