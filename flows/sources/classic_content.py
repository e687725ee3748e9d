"""The content of a WordPress post as HTML: in classic posts blank lines are paragraphs, and shortcodes stand in brackets.

What WordPress does when it shows a post (its `wpautop`), as far as it matters to text. Posts of the block editor
(`<!-- wp:… -->`) have their paragraphs already.
"""

import re

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_BLOCKS = (
    "address|article|aside|blockquote|dd|details|div|dl|dt|fieldset|figure|figcaption|footer|form|h[1-6]|header|hr|li|main"
    "|nav|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_STARTS_BLOCK = re.compile(rf"\s*</?(?:{_BLOCKS})\b", re.IGNORECASE)
# Elements in which a blank line is no paragraph.
_CLOSED = re.compile(r"<(/?)(?:pre|script|style|table|ul|ol|dl)\b", re.IGNORECASE)
_SHORTCODE = re.compile(
    r"""
    \[/?(?:
        caption | gallery | embed | audio | video | playlist     # WordPress's own
      | [a-z0-9]{1,20}_[a-z0-9_]{1,40}                           # page builders': vc_row, et_pb_text
    )
    (?:\s[^\[\]]{0,4000})?\]
    """,
    re.VERBOSE,
)


def paragraphs(content: str) -> str:
    """The HTML that WordPress would show for a post's content.

    >>> paragraphs("One\\ntwo\\n\\n<h2>Three</h2>\\n\\nFour")
    '<p>One<br>two</p><h2>Three</h2><p>Four</p>'
    """
    if "<!-- wp:" in content:
        return content
    content = _SHORTCODE.sub("", content.replace("\r\n", "\n").replace("\r", "\n"))
    made, open_elements = [], 0
    for chunk in _BLANK_LINES.split(content):
        is_prose = not open_elements and not _STARTS_BLOCK.match(chunk)
        for tag in _CLOSED.finditer(chunk):
            open_elements = max(open_elements - 1, 0) if tag[1] else open_elements + 1
        made.append(_paragraph(chunk) if is_prose else f"{chunk}\n\n" if open_elements else chunk)
    return "".join(made)


def _paragraph(chunk: str) -> str:
    """A chunk as a paragraph; a block element within it ends the paragraph."""
    text = chunk.strip()
    if not text:
        return ""
    block = re.search(rf"<(?:{_BLOCKS})\b", text, re.IGNORECASE)
    prose, rest = (text[: block.start()], text[block.start() :]) if block else (text, "")
    return f"<p>{prose.strip().replace(chr(10), '<br>')}</p>{rest}"
