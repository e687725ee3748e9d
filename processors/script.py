"""What a token's script says: whether it has capitals, and whether it is cut into characters."""


def is_cased(text: str) -> bool:
    """Whether a token begins with a letter of a script that has capitals."""
    return text[0].lower() != text[0].upper()


def is_single(text: str) -> bool:
    """Whether a token is a character of a script that is cut into characters (Han, Kana, Hangul)."""
    return "\u3040" <= text[0] <= "\u30ff" or "\u3400" <= text[0] <= "\u9fff" or "\uac00" <= text[0] <= "\ud7a3"


def is_hiragana(text: str) -> bool:
    """Whether a token is Hiragana, which Japanese writes its function words in."""
    return "\u3040" <= text[0] <= "\u309f"


def is_ideograph(text: str) -> bool:
    """Whether a token is a Han character."""
    return "\u3400" <= text[0] <= "\u9fff"
