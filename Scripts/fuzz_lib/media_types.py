"""What schemathesis can't write by itself; it is told of this file by SCHEMATHESIS_HOOKS."""
import json

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    """One JSON value a line."""
    each = value if isinstance(value, list) else [value]
    return "".join(json.dumps(line) + "\n" for line in each).encode()
