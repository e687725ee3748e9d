"""How the words of a written-out number make its value: what adds, what multiplies what."""

from decimal import Decimal


class Stack:
    """A written-out number under way: finished groups, largest multiplier first, and what is not multiplied yet."""

    def __init__(self) -> None:
        self.groups: list[tuple[Decimal, Decimal]] = []
        self.current: Decimal | None = None

    def add(self, value: Decimal, *, german_order: bool = False) -> bool:
        """Add a word's value to what is not multiplied yet; whether it fits there."""
        if self.groups and value >= self.groups[-1][1]:
            return False
        if self.current is None:
            self.current = value
        elif value < _place(self.current) or (self.current % 100 in (60, 80) and 10 <= value < 20):
            self.current += value
        elif german_order and self.current < 10 and value < 100 and value % 10 == 0:
            self.current += value  # "fünfundzwanzig": the unit stands before the ten
        else:
            return False
        return True

    def multiply(self, multiplier: Decimal) -> bool:
        """Multiply what stands before, and lower groups with it; whether the multiplier fits there."""
        lower = Decimal(0)
        while self.groups and self.groups[-1][1] < multiplier:
            lower += self.groups.pop()[0]
        if self.groups and self.groups[-1][1] == multiplier:
            return False
        base = lower + (self.current or 0) or Decimal(1)
        self.groups.append((base * multiplier, multiplier))
        self.current = None
        return True

    def total(self) -> Decimal:
        """The value so far."""
        return sum((value for value, _ in self.groups), self.current or Decimal(0))


def _place(value: Decimal) -> Decimal:
    """The unit of the lowest place that is not zero: 10 of 120, 100 of 300."""
    digits = str(int(value))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0"))) if value else Decimal(0)
