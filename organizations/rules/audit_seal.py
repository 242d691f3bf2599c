"""The salted hash that ties an audit event, which nobody can change, to its values, which may be erased."""

import hashlib
import json
from typing import Any


def seal(values: dict[str, Any], salt: str) -> str:
    """SHA-256 over the salt and the values as JSON with sorted keys, in hex. `values` are plain JSON values."""
    plain = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{salt}{plain}".encode()).hexdigest()
