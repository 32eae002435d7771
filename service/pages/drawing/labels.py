"""Labels in drawings."""


def shorten_label(label: str, longest: int) -> str:
    """Return a label of at most `longest` characters, with an ellipsis if it is cut off."""
    return label if len(label) <= longest else f"{label[: longest - 1].rstrip()}…"
