"""Decoding: which evidence of an encoding comes first."""

import pytest

from processors.clean.decode import decode

META = '<meta charset="windows-1251">Zażółć'


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("Zażółć".encode("cp1250"), "windows-1250", "Zażółć"),
        (META.encode("cp1250"), "windows-1250", META),
        ("Zażółć".encode(), "windows-1250", "Zażółć"),
        ("Zażółć".encode("utf-16"), "windows-1250", "Zażółć"),
        (b'<meta charset="windows-1251">\xd6\xe5\xed\xe0', "nonsense", '<meta charset="windows-1251">Цена'),
        (b'<meta charset="windows-1251">\xd6\xe5\xed\xe0', "punycode", '<meta charset="windows-1251">Цена'),
        (b'<meta charset="windows-1251">\xd6\xe5\xed\xe0', "a\0b", '<meta charset="windows-1251">Цена'),
    ],
)
def test_declared_charset(content: bytes, charset: str, text: str) -> None:
    assert decode(content, charset) == text
