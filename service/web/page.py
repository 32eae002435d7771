"""The page that a browser gets at the endpoint: how to ask. It needs no script."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from starlette.responses import Response

from service.web.negotiation import ALWAYS, HTML

STYLE = """
:root { color-scheme: light dark }
body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
textarea { box-sizing: border-box; width: 100%; font: 0.9375rem/1.5 ui-monospace, monospace }
button { font: inherit; margin-top: 0.5rem; padding: 0.25rem 1rem }
pre { overflow-x: auto }
"""

PAGE = f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Gipfelbuch: ask the register</title>
<style>{STYLE}</style>
<h1>Gipfelbuch</h1>
<p>The register of summits: who met, what was said, by whose word we know it. This is its endpoint.</p>
<form method="get">
<label for="query">A query</label>
<textarea id="query" name="query" rows="8" spellcheck="false" required>
{{
  summit(slug: "vladivostok-2019") {{
    name
    status
    date {{ edtf }}
  }}
}}
</textarea>
<button>Ask</button>
</form>
<p>A program sends it by POST, as JSON:</p>
<pre>POST graphql
Content-Type: application/json

{{"query": "query ($slug: String!) {{ summit(slug: $slug) {{ name }} }}",
 "variables": {{"slug": "vladivostok-2019"}}}}</pre>
<p><a href="schema.graphql">The schema</a> says what can be asked, and what each word means.</p>
</html>
"""

DIGEST = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{DIGEST}'; form-action 'self'; base-uri 'none'"


def page() -> Response:
    """The page, which may load nothing and send nothing elsewhere."""
    headers = {**ALWAYS, "content-security-policy": f"{POLICY}; frame-ancestors 'none'"}
    return Response(PAGE, headers=headers, media_type=HTML)
