"""Chinese, in which the register is searched but has no labels."""

from service.store.i18n.catalogue import SearchLanguage

LANGUAGE = SearchLanguage(
    tag="zh",
    script="Han",
    is_split_in_pairs=True,
    stop_words="的 了 和 是 在 与 誰 谁 何 什么",
    kinds={},
    meanings={},
)
