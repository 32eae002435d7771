"""Cache limited in bytes: the least recently used values are dropped first."""

from collections import OrderedDict
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class ByteCache(Generic[T]):
    """Values by key, together at most `limit` bytes; a single value may take at most an eighth of that.

    Several threads may use the cache.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._lock = Lock()
        self._values: OrderedDict[Any, tuple[T, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Any) -> T | None:
        with self._lock:
            entry = self._values.get(key)
            if entry is None:
                return None
            self._values.move_to_end(key)
            return entry[0]

    def clear(self) -> int:
        """Drop everything; return how many values that were."""
        with self._lock:
            count = len(self._values)
            self._values.clear()
            self.bytes = 0
            return count

    def put(self, key: Any, value: T, size: int) -> None:
        """Cache a value of `size` bytes, unless that is too much for one value."""
        if size > self.limit // 8:
            return
        with self._lock:
            _, replaced = self._values.pop(key, (None, 0))
            self._values[key] = value, size
            self.bytes += size - replaced
            while self.bytes > self.limit:
                _, (_, gone) = self._values.popitem(last=False)
                self.bytes -= gone
